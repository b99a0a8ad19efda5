//! Which points a heatmap is asked for, and how it tells them.
//!
//! Enters: a query's parameters. Leaves: what says of a point whether it is one.

use crate::{
    collector::{
        refusal::Refusal,
        report::asked::{Asked, refuse},
    },
    heatmap::{Kind, Point, Pointer},
};

/// Points told, unless asked otherwise: the newest. A picture of more looks the same.
const DEFAULT_LIMIT: i64 = 20_000;
/// Points told at most, some 4 MB of JSON.
const MAX_LIMIT: i64 = 100_000;
/// Cells to a side of an element: fewer are no grid, more are finer than what a finger hits.
const MIN_GRID: i64 = 2;
const MAX_GRID: i64 = 64;
/// Points below which a cell may be left out.
const MAX_MIN: i64 = 1_000_000;
const KINDS: [(&str, Kind); 5] = [
    ("click", Kind::Click),
    ("move", Kind::Move),
    ("hover", Kind::Hover),
    ("rage", Kind::Rage),
    ("dead", Kind::Dead),
];
const POINTERS: [(&str, Pointer); 4] = [
    ("mouse", Pointer::Mouse),
    ("touch", Pointer::Touch),
    ("pen", Pointer::Pen),
    ("key", Pointer::Key),
];

/// Which points.
#[derive(Clone, Copy, Debug)]
pub struct Points {
    pub kind: Kind,
    /// Any where it is absent.
    pub pointer: Option<Pointer>,
}

impl Points {
    /// Returns those that are asked for.
    pub fn of(asked: &Asked) -> Result<Self, Refusal> {
        Ok(Self {
            kind: asked.choice("kind", &KINDS)?.unwrap_or(Kind::Click),
            pointer: asked.choice("pointer", &POINTERS)?,
        })
    }

    /// Tells whether this is one.
    pub fn has(&self, point: &Point) -> bool {
        point.kind == self.kind && self.pointer.is_none_or(|pointer| pointer == point.pointer)
    }

    /// Returns the name of the kind, and the column that counts it.
    pub fn names(&self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::Click => ("click", "clicks"),
            Kind::Move => ("move", "moves"),
            Kind::Hover => ("hover", "hovers"),
            Kind::Rage => ("rage", "rages"),
            Kind::Dead => ("dead", "dead"),
        }
    }
}

/// How points are told.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// Each by itself, so many at most.
    Each { limit: usize },
    /// As counts of the cells that part each element, so many to a side; without cells of fewer than `min` visitors.
    Grid { side: u32, min: u32 },
}

impl Way {
    /// Returns the one that is asked for.
    pub fn of(asked: &Asked) -> Result<Self, Refusal> {
        let limit = asked.number("limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)? as usize;
        let min = asked.number("min", 1, 1..=MAX_MIN)? as u32;
        if asked.text("grid").is_some() {
            let side = asked.number("grid", MIN_GRID, MIN_GRID..=MAX_GRID)? as u32;
            Ok(Self::Grid { side, min })
        } else if asked.text("min").is_some() {
            let reason =
                format!("min={min} is of the cells of a grid; give grid too, such as grid=16");
            Err(refuse("min", reason))
        } else {
            Ok(Self::Each { limit })
        }
    }
}
