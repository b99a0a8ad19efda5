//! What one envelope stores: every number fits its column, every path is ready, every chunk sound.

use crate::{
    heatmap::{Broken, Chunk},
    id::Id,
};

/// Kinds of points.
const KINDS: usize = 5;

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
    pub heat: Vec<Heat>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    pub seq: u32,
    pub t: u32,
    pub name: String,
    pub params: Option<String>,
}

/// A chunk of heatmap points, whole and sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    pub seq: u32,
    /// Points of each kind, by its code.
    pub counts: [u32; KINDS],
    /// Bit n: some were made with the pointer of code n.
    pub pointers: u32,
    /// As it came.
    pub bytes: Vec<u8>,
}

impl Heat {
    /// Returns the chunk that `bytes` hold.
    ///
    /// # Errors
    /// Where they hold none: says at which byte, and why.
    pub fn of(seq: u32, bytes: Vec<u8>) -> Result<Self, Broken> {
        let mut counts = [0; KINDS];
        let mut pointers = 0;
        for point in Chunk::unpack(&bytes)?.points {
            if let Some(count) = counts.get_mut(point.kind as usize) {
                *count += 1;
            }
            pointers |= 1 << point.pointer as u32;
        }
        Ok(Self {
            seq,
            counts,
            pointers,
            bytes,
        })
    }
}
