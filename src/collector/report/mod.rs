//! Answers what `www/reports` asks: JSON under `/api`. docs/collector.md describes each answer.
//!
//! Enters: a query's parameters. Leaves: JSON, or a refusal that names the parameter. Writes nothing.

mod asked;
mod attention;
mod conversions;
mod events;
mod funnel;
mod heatmap;
mod live;
mod pages;
mod promotions;
mod sites;
mod views;

use axum::{
    Router,
    http::{HeaderValue, header},
    routing::get,
};
use rusqlite::{Connection, OptionalExtension};
use tower_http::{cors::CorsLayer, set_header::SetResponseHeaderLayer};

use super::app::Collector;
use crate::id::Id;

/// Returns the routes below `/api`; `cors` lets pages of other origins read what the overlay shows.
pub fn routes(cors: CorsLayer) -> Router<Collector> {
    Router::new()
        .route("/api/attention", get(attention::attention))
        .route("/api/heatmap", get(heatmap::heatmap))
        .layer(cors)
        .route("/api/conversions", get(conversions::conversions))
        .route("/api/funnel", get(funnel::funnel))
        .route("/api/pages", get(pages::pages))
        .route("/api/promotions", get(promotions::promotions))
        .route("/api/events", get(events::events))
        .route("/api/live", get(live::live))
        .route("/api/sites", get(sites::sites))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
}

/// Returns the row of the site `name`.
fn site_row(from: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    from.query_row("SELECT id FROM sites WHERE name = ?", [name], |row| {
        row.get(0)
    })
    .optional()
}

fn id_text(blob: [u8; 16]) -> String {
    // 32 hexadecimal digits are always an id.
    Id::parse(&format!("{:032x}", u128::from_be_bytes(blob)))
        .unwrap_or_default()
        .to_text()
}
