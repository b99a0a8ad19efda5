//! `GET /api/attention`: how long each twentieth of a page was in view, and how many saw it at all.
//!
//! Enters: which views of the page. Leaves: means over those of them that told their attention, which a view does when it is
//! left. A view may tell several times, as the page goes out of view and comes back; these add up.

use axum::{Json, extract::State};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{
    asked::Asked,
    views::{self, Views},
};
use crate::collector::{app::Collector, refusal::Refusal};

/// Bands of a page, as `src/attention.rs` has them.
const BANDS: usize = 20;
/// No band is in view for longer than a visit lasts: a day.
const MAX_SECONDS: f64 = 24.0 * 3600.0;

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Attention {
    path: String,
    /// Views that told their attention.
    views: u64,
    /// Median share of the document that the window shows at once; absent without views.
    fold: Option<f64>,
    /// From the top of the document to its end.
    bands: [Band; BANDS],
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Band {
    /// Mean over the views, of the time in view.
    seconds: f64,
    /// Share of the views that saw it at all.
    reached: f64,
}

/// What is read of `user_engagement`.
#[derive(Deserialize)]
struct Told {
    attention: [f64; BANDS],
}

/// Answers for the page views that began within the period.
pub async fn attention(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Attention>, Refusal> {
    let asked = asked.only(&Views::PARAMETERS)?;
    let views = Views::of(&asked)?;
    let found = collector.store.read(move |from| read(from, views)).await?;
    Ok(Json(found))
}

fn read(from: &Connection, views: Views) -> rusqlite::Result<Attention> {
    let rows = views.rows(from)?;
    let sql = format!(
        "SELECT pages.id, pages.viewport_width, pages.viewport_height, pages.document_height, told.params
         FROM {} JOIN events AS told ON told.page = pages.id
            AND told.name = (SELECT id FROM names WHERE name = 'user_engagement')
         WHERE {}
         ORDER BY pages.opened_at, pages.id",
        views::FROM,
        views::WHERE
    );
    let mut statement = from.prepare_cached(&sql)?;
    let mut rows = statement.query(views.bound(&rows).as_slice())?;
    let mut sum = Sum::default();
    while let Some(row) = rows.next()? {
        let width = row.get(1)?;
        if views.device.is_some_and(|device| !device.has(width)) {
            continue;
        }
        let params: Option<String> = row.get(4)?;
        let told = params.and_then(|params| serde_json::from_str::<Told>(&params).ok());
        // Others may name an event so; without bands it says nothing here.
        if let Some(told) = told {
            sum.add(row.get(0)?, [row.get(2)?, row.get(3)?], &told.attention);
        }
    }
    Ok(sum.end(views.path))
}

/// What was read so far.
#[derive(Default)]
struct Sum {
    /// The view that was read last, and what it saw.
    page: Option<i64>,
    seen: [bool; BANDS],
    views: u64,
    folds: Vec<f64>,
    bands: [Band; BANDS],
}

impl Sum {
    fn add(&mut self, page: i64, [window, document]: [u32; 2], seconds: &[f64; BANDS]) {
        if self.page != Some(page) {
            self.page = Some(page);
            self.seen = [false; BANDS];
            self.views += 1;
            if document > 0 {
                self.folds
                    .push((f64::from(window) / f64::from(document)).min(1.0));
            }
        }
        for ((band, seen), seconds) in self.bands.iter_mut().zip(&mut self.seen).zip(seconds) {
            band.seconds += seconds.clamp(0.0, MAX_SECONDS);
            if *seconds > 0.0 && !*seen {
                *seen = true;
                band.reached += 1.0;
            }
        }
    }

    fn end(mut self, path: String) -> Attention {
        #[allow(clippy::cast_precision_loss)] // counts of views are far below 2^53
        let views = self.views.max(1) as f64;
        for band in &mut self.bands {
            band.seconds /= views;
            band.reached /= views;
        }
        let middle = self.folds.len() / 2;
        let fold = (!self.folds.is_empty())
            .then(|| *self.folds.select_nth_unstable_by(middle, f64::total_cmp).1);
        Attention {
            path,
            views: self.views,
            fold,
            bands: self.bands,
        }
    }
}
