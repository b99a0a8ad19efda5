//! The reference collector: takes batches over HTTP, keeps them in SQLite, and answers the reports.
//!
//! Enters: requests. Leaves: rows on disk before the answer, and JSON for `www/reports`. docs/collector.md describes it.
