//! `GET /api/conversions`: how often each thing happens, and how often the goal was reached after it.

use axum::{Json, extract::State};
use rusqlite::{Connection, named_params, params};
use serde::Serialize;

use super::{
    asked::{Asked, Scope},
    site_row,
};
use crate::collector::{app::Collector, refusal::Refusal};

/// What a shop is for.
pub const DEFAULT_GOAL: &str = "purchase";

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Conversions {
    goal: String,
    /// Visits of the period, and those of them that reached the goal.
    visits: i64,
    reached: i64,
    conversions: Vec<Conversion>,
}

/// One kind of event.
#[derive(Debug, Serialize)]
struct Conversion {
    name: String,
    count: i64,
    visits: i64,
    /// Share of all visits with it.
    rate: f64,
    /// Visits with it, and those of them that reached the goal after it; absent for the goal itself.
    with: Option<Reached>,
    /// Visits without it, and those of them that reached the goal; absent for the goal itself.
    without: Option<Reached>,
}

#[derive(Debug, Serialize)]
struct Reached {
    visits: i64,
    reached: i64,
    /// Absent where there is no visit.
    share: Option<f64>,
}

/// Answers for the visits that began within the period, most frequent first.
pub async fn conversions(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Conversions>, Refusal> {
    let asked = asked.only(&["site", "from", "to", "bots", "goal"])?;
    let (site, scope) = (asked.site()?, asked.scope()?);
    let goal = asked
        .text("goal")
        .unwrap_or_else(|| DEFAULT_GOAL.to_owned());
    let found = collector
        .store
        .read(move |from| read(from, &site, scope, goal))
        .await?;
    Ok(Json(found))
}

fn read(
    from: &Connection,
    site: &str,
    scope: Scope,
    goal: String,
) -> rusqlite::Result<Conversions> {
    let mut found = Conversions {
        goal,
        ..Conversions::default()
    };
    let Some(site) = site_row(from, site)? else {
        return Ok(found);
    };
    found.visits = from.query_row(
        "SELECT count(*) FROM sessions
         WHERE site = ? AND started_at >= ? AND started_at < ? AND (? OR bot = '')",
        params![site, scope.from, scope.to, scope.bots],
        |row| row.get(0),
    )?;
    let mut statement = from.prepare_cached(
        "WITH
            happened AS (
                SELECT events.session, events.name, count(*) AS times, min(events.at) AS first_at,
                    max(events.at) AS last_at
                FROM sessions JOIN events ON events.session = sessions.id
                WHERE sessions.site = :site AND sessions.started_at >= :from AND sessions.started_at < :to
                    AND (:bots OR sessions.bot = '')
                GROUP BY events.session, events.name),
            reached AS (
                SELECT session, last_at FROM happened JOIN names ON names.id = happened.name
                WHERE names.name = :goal)
         SELECT names.name, sum(times), count(*),
            count(*) FILTER (WHERE reached.last_at > happened.first_at),
            count(reached.session)
         FROM happened
         JOIN names ON names.id = happened.name
         LEFT JOIN reached ON reached.session = happened.session
         GROUP BY names.name",
    )?;
    let rows = statement.query_map(
        named_params! {
            ":site": site, ":from": scope.from, ":to": scope.to, ":bots": scope.bots, ":goal": found.goal,
        },
        |row| {
            Ok(Counts {
                name: row.get(0)?,
                count: row.get(1)?,
                visits: row.get(2)?,
                reached_after: row.get(3)?,
                reached_at_all: row.get(4)?,
            })
        },
    )?;
    let mut counts = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    counts.sort_by(|one, other| (other.visits, &one.name).cmp(&(one.visits, &other.name)));
    let goal = counts.iter().find(|counts| counts.name == found.goal);
    found.reached = goal.map_or(0, |goal| goal.visits);
    let told = counts
        .into_iter()
        .map(|counts| counts.told(found.visits, found.reached, &found.goal));
    found.conversions = told.collect();
    Ok(found)
}

struct Counts {
    name: String,
    count: i64,
    visits: i64,
    reached_after: i64,
    reached_at_all: i64,
}

impl Counts {
    fn told(self, visits: i64, reached: i64, goal: &str) -> Conversion {
        let compare = self.name != goal;
        let with = Reached::of(self.visits, self.reached_after);
        let without = Reached::of(visits - self.visits, reached - self.reached_at_all);
        Conversion {
            name: self.name,
            count: self.count,
            visits: self.visits,
            rate: share(self.visits, visits).unwrap_or(0.0),
            with: compare.then_some(with),
            without: compare.then_some(without),
        }
    }
}

impl Reached {
    fn of(visits: i64, reached: i64) -> Self {
        Self {
            visits,
            reached,
            share: share(reached, visits),
        }
    }
}

#[allow(clippy::cast_precision_loss)] // counts of visits are far below 2^53
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
