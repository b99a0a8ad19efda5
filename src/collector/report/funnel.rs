//! `GET /api/funnel`: how many visits went how far through steps in their order, and how long each step took.

use axum::{Json, extract::State};
use rusqlite::{Connection, named_params, params};
use serde::Serialize;

use super::{
    asked::{Asked, Scope, refuse},
    site_row,
};
use crate::collector::{app::Collector, refusal::Refusal};

/// Steps of a checkout, by GA4's names.
const DEFAULT_STEPS: &str =
    "view_item,add_to_cart,begin_checkout,add_shipping_info,add_payment_info,purchase";
/// More would not fit a page.
const MAX_STEPS: usize = 12;

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Funnel {
    visits: i64,
    steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Default, Serialize)]
struct Step {
    name: String,
    /// Visits that came this far.
    visits: i64,
    /// Visits that came to the step before and not to this; 0 for the first.
    lost: i64,
    /// Median time from the step before, absent for the first and where none came.
    median_ms: Option<i64>,
    #[serde(skip)]
    took_ms: Vec<i64>,
}

/// Answers for the visits that began within the period.
pub async fn funnel(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Funnel>, Refusal> {
    let asked = asked.only(&["site", "from", "to", "bots", "steps"])?;
    let (site, scope) = (asked.site()?, asked.scope()?);
    let text = asked.text("steps");
    let text = text.as_deref().unwrap_or(DEFAULT_STEPS);
    let steps: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    if steps.len() > MAX_STEPS || steps.iter().any(String::is_empty) {
        let remedy = format!("give 1 to {MAX_STEPS} event names with commas between them");
        return Err(refuse(
            "steps",
            format!("steps={text} is not taken; {remedy}"),
        ));
    }
    let found = collector
        .store
        .read(move |from| read(from, &site, scope, steps))
        .await?;
    Ok(Json(found))
}

fn read(
    from: &Connection,
    site: &str,
    scope: Scope,
    steps: Vec<String>,
) -> rusqlite::Result<Funnel> {
    let named = steps.into_iter().map(|name| Step {
        name,
        ..Step::default()
    });
    let mut funnel = Funnel {
        visits: 0,
        steps: named.collect(),
    };
    let Some(site) = site_row(from, site)? else {
        return Ok(funnel);
    };
    funnel.visits = from.query_row(
        "SELECT count(*) FROM sessions
         WHERE site = ? AND started_at >= ? AND started_at < ? AND (? OR bot = '')",
        params![site, scope.from, scope.to, scope.bots],
        |row| row.get(0),
    )?;
    let names: Vec<&str> = funnel.steps.iter().map(|step| step.name.as_str()).collect();
    let names = serde_json::json!(names).to_string();
    let mut statement = from.prepare_cached(
        "SELECT events.session, names.name, events.at
         FROM sessions JOIN events ON events.session = sessions.id JOIN names ON names.id = events.name
         WHERE sessions.site = :site AND sessions.started_at >= :from AND sessions.started_at < :to
            AND (:bots OR sessions.bot = '')
            AND names.name IN (SELECT value FROM json_each(:names))
         ORDER BY events.session, events.at, events.id",
    )?;
    let mut rows = statement.query(named_params! {
        ":site": site, ":from": scope.from, ":to": scope.to, ":bots": scope.bots, ":names": names,
    })?;
    let mut walk = Walk::default();
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str()?;
        walk.see(&mut funnel.steps, row.get(0)?, name, row.get(2)?);
    }
    let mut before = None;
    for step in &mut funnel.steps {
        step.lost = before.map_or(0, |before| before - step.visits);
        step.median_ms = median(&mut step.took_ms);
        before = Some(step.visits);
    }
    Ok(funnel)
}

/// Where one visit is on its way. The earliest way through is taken, so a step done twice counts once.
#[derive(Default)]
struct Walk {
    session: i64,
    next: usize,
    last_at: i64,
}

impl Walk {
    fn see(&mut self, steps: &mut [Step], session: i64, name: &str, at: i64) {
        if self.session != session {
            *self = Self {
                session,
                ..Self::default()
            };
        }
        let first = self.next == 0;
        let Some(step) = steps.get_mut(self.next).filter(|step| step.name == name) else {
            return;
        };
        step.visits += 1;
        if !first {
            step.took_ms.push(at - self.last_at);
        }
        self.next += 1;
        self.last_at = at;
    }
}

fn median(values: &mut [i64]) -> Option<i64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable(middle).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a visit did and when, and how many visits then came to each step.
    type Case<'a> = (&'a [(&'a str, i64)], [i64; 3]);

    #[test]
    fn a_visit_goes_as_far_as_its_steps_stand_in_order() {
        let cases: [Case; 6] = [
            (&[("a", 1), ("b", 2), ("c", 9)], [1, 1, 1]),
            (&[("b", 1), ("a", 2), ("c", 3)], [1, 0, 0]),
            (&[("a", 1), ("c", 2), ("b", 3)], [1, 1, 0]),
            (&[("a", 1), ("a", 2), ("b", 3), ("b", 4)], [1, 1, 0]),
            (&[("c", 1)], [0, 0, 0]),
            (&[], [0, 0, 0]),
        ];
        for (seen, expected) in cases {
            let mut steps: Vec<Step> = ["a", "b", "c"]
                .map(|name| Step {
                    name: name.to_owned(),
                    ..Step::default()
                })
                .into();
            let mut walk = Walk::default();
            for (name, at) in seen {
                walk.see(&mut steps, 1, name, *at);
            }
            let visits: Vec<i64> = steps.iter().map(|step| step.visits).collect();
            assert_eq!(visits, expected, "{seen:?}");
        }
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        for (mut values, expected) in [
            (vec![], None),
            (vec![5], Some(5)),
            (vec![9, 1, 5], Some(5)),
            (vec![9, 1, 5, 7], Some(7)),
        ] {
            assert_eq!(median(&mut values), expected);
        }
    }
}
