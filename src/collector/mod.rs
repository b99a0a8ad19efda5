//! The reference collector: takes batches over HTTP, keeps them in SQLite, and answers the reports.
//!
//! Enters: requests. Leaves: rows on disk before the answer, and JSON for `www/reports`. docs/collector.md describes it.

mod app;
mod check;
mod client;
mod clock;
mod collect;
mod connections;
mod error;
mod files;
mod inflate;
mod options;
mod origins;
mod rates;
mod refusal;
mod report;
mod serve;
mod store;
mod stream;

pub use app::app;
pub use check::{Batch, Refused, check};
pub use error::Error;
pub use options::{Mount, Options};
pub use serve::serve;
pub use store::{Store, Stored};
