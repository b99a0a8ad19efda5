//! `GET /api/promotions`: how many of those who saw a promotion clicked it.

use axum::{Json, extract::State};
use rusqlite::{Connection, named_params};
use serde::Serialize;

use super::{
    asked::{Asked, Scope},
    site_row,
};
use crate::collector::{app::Collector, refusal::Refusal};

/// Promotions told at once: more are no promotions.
const MOST: i64 = 200;

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Promotions {
    promotions: Vec<Promotion>,
}

/// One promotion, by its `promotion_id`, or where it has none, by its `promotion_name`.
#[derive(Debug, Serialize)]
struct Promotion {
    promotion: String,
    /// Visits that saw it, and those of them that clicked it then.
    seen: i64,
    clicked: i64,
    /// Share of those who saw it; absent where nobody did.
    rate: Option<f64>,
}

/// Answers for the visits that began within the period, most seen first.
pub async fn promotions(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Promotions>, Refusal> {
    let asked = asked.only(&["site", "from", "to", "bots"])?;
    let (site, scope) = (asked.site()?, asked.scope()?);
    let promotions = collector
        .store
        .read(move |from| read(from, &site, scope))
        .await?;
    Ok(Json(Promotions { promotions }))
}

fn read(from: &Connection, site: &str, scope: Scope) -> rusqlite::Result<Vec<Promotion>> {
    let Some(site) = site_row(from, site)? else {
        return Ok(Vec::new());
    };
    let mut statement = from.prepare_cached(
        "WITH happened AS (
            SELECT coalesce(json_extract(params, '$.promotion_id'), json_extract(params, '$.promotion_name'), '') AS promotion,
                events.session,
                min(events.at) FILTER (WHERE names.name = 'view_promotion') AS seen_at,
                max(events.at) FILTER (WHERE names.name = 'select_promotion') AS clicked_at
            FROM sessions JOIN events ON events.session = sessions.id JOIN names ON names.id = events.name
            WHERE names.name IN ('view_promotion', 'select_promotion') AND sessions.site = :site
                AND sessions.started_at >= :from AND sessions.started_at < :to AND (:bots OR sessions.bot = '')
            GROUP BY promotion, events.session)
         SELECT promotion, count(seen_at), count(*) FILTER (WHERE clicked_at >= seen_at)
         FROM happened GROUP BY promotion ORDER BY 2 DESC, promotion LIMIT :most",
    )?;
    let rows = statement.query_map(
        named_params! {
            ":site": site, ":from": scope.from, ":to": scope.to, ":bots": scope.bots, ":most": MOST,
        },
        |row| {
            let (seen, clicked): (i64, i64) = (row.get(1)?, row.get(2)?);
            #[allow(clippy::cast_precision_loss)] // counts of visits are far below 2^53
            let rate = (seen > 0).then(|| clicked as f64 / seen as f64);
            Ok(Promotion {
                promotion: row.get(0)?,
                seen,
                clicked,
                rate,
            })
        },
    )?;
    rows.collect()
}
