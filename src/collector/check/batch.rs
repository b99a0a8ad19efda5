//! What one envelope stores: every number fits its column, every path and point is ready.

use std::sync::Arc;

use crate::id::Id;

/// A fraction of an element's width or height is told in steps from 0 to this.
pub const WHOLE: u32 = 32_767;

/// What one envelope stores.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub(in crate::collector) id: Id,
    pub(in crate::collector) site: String,
    pub(in crate::collector) received_at: i64,
    pub(in crate::collector) visitor: Id,
    pub(in crate::collector) user: String,
    pub(in crate::collector) session: Visit,
    pub(in crate::collector) pages: Vec<PageView>,
    pub(in crate::collector) losses: Vec<(String, i64)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    pub id: Id,
    pub number: u32,
    pub started_at: i64,
    pub source: Option<String>,
    pub first_source: Option<String>,
    /// Why it is hardly a person's; empty for a person's.
    pub bot: String,
    /// The collector's clock minus the browser's.
    pub skew_ms: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    pub id: Id,
    pub opened_at: i64,
    pub path: String,
    pub title: String,
    pub referrer: String,
    pub language: String,
    pub viewport: [u32; 2],
    pub document: [u32; 2],
    pub events: Vec<Happening>,
    pub heat: Vec<(u32, Vec<HeatPoint>)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    pub seq: u32,
    pub t: u32,
    pub name: String,
    pub params: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct HeatPoint {
    /// Shared by all points on it: a point of four bytes must not cost a selector of 512.
    pub selector: Arc<str>,
    pub t: u32,
    /// Share of the element's width and height, of [`WHOLE`].
    pub share: [u32; 2],
    /// Place in the page, in CSS pixels.
    pub at: [i64; 2],
}
