//! Packs heatmap points into few bytes, and reads them back.
//!
//! Enters: points anchored to elements. Leaves: a chunk, described in docs/wire.md. Does not decide which points are kept.

/// What made the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A click, a tap, or a key that activates.
    Click,
}

/// The element under a point: how to find it, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Selector that finds it again; ` >>> ` enters a shadow root. Empty where none is known.
    pub selector: String,
    /// Left and top edge in the page, width and height, in CSS pixels.
    pub rect: [u32; 4],
}

/// A point on an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// What made it.
    pub kind: Kind,
    /// Index of its anchor in the chunk.
    pub anchor: u32,
    /// Offset from the anchor's left and top edge, in CSS pixels, within its size.
    pub offset: [u32; 2],
    /// Milliseconds since the page's `opened_at`, in steps of 10.
    pub t: u32,
}

/// What one chunk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The elements.
    pub anchors: Vec<Anchor>,
    /// The points, oldest first.
    pub points: Vec<Point>,
}
