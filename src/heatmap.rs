//! Gathers heatmap points, packs them into few bytes, and reads them back. The format is described in docs/wire.md.
//!
//! Enters: points on elements. Leaves: a chunk of bytes. A point is told by its element first, so that it falls on the same
//! button after the layout changed. Bounded in points, elements and bytes of each.

mod chunk;
mod packer;
#[cfg(test)]
mod tests;

use core::ops::Range;

pub use chunk::{Chunk, READ_VERSIONS};
pub use packer::Packer;

/// First byte of a chunk.
pub const VERSION: u8 = 4;
/// Elements, and places of theirs, that one chunk may hold; more are no person's work.
pub const MAX_ANCHORS: usize = 512;
/// Points that one chunk may hold, some 5 KB of moves packed: a tenth of what one request may carry.
pub const MAX_POINTS: usize = 2048;
/// Bytes that a selector may have; a longer one names nothing stable.
pub const MAX_SELECTOR_BYTES: usize = 512;
/// Stands for a number in the shape of a selector.
const SOME_NUMBER: u8 = b'0';
/// A number in a selector does not grow past this: what is longer is several.
const MAX_NUMBER: u32 = 100_000_000;
/// Times of points are multiples of this.
pub const STEP_MS: u32 = 10;

/// Steps of time and place in which two bytes tell a move from the point before.
const MOVE_MS: u32 = 50;
const MOVE_PX: i32 = 4;
const MOVE_BITS: u32 = MOVE_PX.trailing_zeros();
/// As many steps of time as those bytes hold, and of place, to the right and down.
const MOVE_TIMES: u32 = 4;
const MOVES_X: Range<i32> = -64..64;
const MOVES_Y: Range<i32> = -32..32;

/// What made a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    #[default]
    /// A click, a tap, or a key that activates.
    Click,
    /// The pointer came by.
    Move,
    /// The pointer stayed on an element that is tracked.
    Hover,
    /// The click that made a rage of those before.
    Rage,
    /// A click of which nothing came.
    Dead,
}

/// What was pointed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Pointer {
    #[default]
    /// A mouse, or what says nothing of itself.
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
    /// A key: the point is the middle of the element.
    Key,
}

impl Kind {
    /// Returns the kind of this code, where there is one.
    #[must_use]
    pub fn of(code: u32) -> Option<Self> {
        Some(match code {
            0 => Self::Click,
            1 => Self::Move,
            2 => Self::Hover,
            3 => Self::Rage,
            4 => Self::Dead,
            _ => return None,
        })
    }
}

impl Pointer {
    /// Returns the pointer of this code; of those that nobody knows, a mouse.
    #[must_use]
    pub fn of(code: u32) -> Self {
        match code {
            1 => Self::Touch,
            2 => Self::Pen,
            3 => Self::Key,
            _ => Self::Mouse,
        }
    }
}

/// Against what the place of an element is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The page.
    Page,
    /// The window: the element does not scroll with the page.
    Window,
    /// The page as well, but a box in it scrolls the element: index of its selector, and how far right and down it was scrolled, in
    /// CSS pixels.
    Scroller(u32, [u32; 2]),
}

/// An element under points, and where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the selector that finds it again.
    pub selector: u32,
    /// Against what the place is told.
    pub frame: Frame,
    /// Left and top edge, width and height, in CSS pixels.
    pub rect: [u32; 4],
}

/// A point on an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// What made it.
    pub kind: Kind,
    /// With what.
    pub pointer: Pointer,
    /// Index of its anchor.
    pub anchor: u32,
    /// Place in the frame of its anchor, in CSS pixels.
    pub at: [u32; 2],
    /// Milliseconds since the page's `opened_at`, a multiple of [`STEP_MS`].
    pub t: u32,
    /// How long the pointer stayed, likewise; 0 of all but [`Kind::Hover`].
    pub stayed: u32,
}

/// An anchor as numbers: its selector; its frame, 0 the page, 1 the window, 2 and more that plus the index of a box's selector; how far
/// right and down the box is scrolled, 0 where there is none; its `rect`.
type Place = [u32; 8];

/// Returns the place against which one is told: the last of a selector that is alike, where there is none the one before.
fn like(before: &[Place], is_alike: impl Fn(u32) -> bool) -> Place {
    let found = before.iter().rev().find(|[one, ..]| is_alike(*one));
    found.or(before.last()).copied().unwrap_or_default()
}

/// Returns the selector that is expected next, where `next` was before this place.
fn expected(next: u32, [selector, frame, ..]: Place) -> u32 {
    next.max(selector + 1).max(frame.saturating_sub(1))
}

/// Returns the middle of a place: whoever aims at it is near.
fn middle([.., left, top, width, height]: Place) -> [u32; 2] {
    [left.wrapping_add(width / 2), top.wrapping_add(height / 2)]
}

impl Point {
    /// Returns how far it is from the left and top edge of its anchor, in CSS pixels; a rounded move may lie just outside.
    #[must_use]
    pub fn offset(&self, anchor: &Anchor) -> [u32; 2] {
        let ([x, y], [left, top, ..]) = (self.at, anchor.rect);
        [x.saturating_sub(left), y.saturating_sub(top)]
    }
}

/// A point as the page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// What made it.
    pub kind: Kind,
    /// With what.
    pub pointer: Pointer,
    /// Selector that finds its element again; ` >>> ` enters a shadow root. Empty where none is known.
    pub selector: &'a str,
    /// Whether the element does not scroll with the page.
    pub is_fixed: bool,
    /// Selector of the box that scrolls it, empty where the page does, and how far right and down that is scrolled.
    pub scroller: &'a str,
    /// See `scroller`.
    pub scrolled: [u32; 2],
    /// Left and top edge of the element against the page, or the window where it is fixed there; width and height. CSS pixels.
    pub rect: [u32; 4],
    /// Place against the element's left and top edge.
    pub offset: [u32; 2],
    /// Milliseconds that the pointer stayed, of [`Kind::Hover`]; of a click that is told as one of a count, anything but 0.
    pub stayed: u32,
}

impl<'a> Spot<'a> {
    /// Returns a click with a mouse on an element that scrolls with the page.
    #[must_use]
    pub fn click(selector: &'a str, rect: [u32; 4], offset: [u32; 2]) -> Self {
        Self {
            kind: Kind::Click,
            pointer: Pointer::Mouse,
            selector,
            is_fixed: false,
            scroller: "",
            scrolled: [0, 0],
            rect,
            offset,
            stayed: 0,
        }
    }
}

/// Why bytes are not a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Byte at which reading stopped, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// Highest bit of what begins a point that is told whole. In it: the kind, whether its anchor changes, the pointer, and whether that
/// anchor is the next that no point has named so far.
const WHOLE: u32 = 0x80;
const KIND_SHIFT: u32 = 4;
const TURNS: u32 = 1 << 3;
const POINTER_SHIFT: u32 = 1;
const NEXT: u32 = 1;
/// Codes of frames below this: the page, and the window. From it on they are indices of selectors.
const SCROLLERS: u32 = 2;

/// Returns the place that is so many pixels from another.
fn away([x, y]: [u32; 2], [right, down]: [i32; 2]) -> [u32; 2] {
    [x.wrapping_add_signed(right), y.wrapping_add_signed(down)]
}

/// Returns the move that is so many steps from another point, and one more in time.
fn moved(before: &Point, steps: [i32; 2], later: u32) -> Point {
    Point {
        kind: Kind::Move,
        at: away(before.at, steps.map(|step| step * MOVE_PX)),
        t: before.t.saturating_add((later + 1) * MOVE_MS),
        stayed: 0,
        ..*before
    }
}
