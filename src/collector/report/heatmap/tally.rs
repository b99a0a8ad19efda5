//! Gathers points by their element.
//!
//! Enters: chunks, newest first, with who made them. Leaves: elements, most points first. Its memory grows with elements, up to
//! a bound, their visitors and those of each cell, and the points that are told, not with those that are counted.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use serde::Serialize;

use super::{
    points::{Points, Way},
    visitors::Visitors,
};
use crate::heatmap::{Anchor, Chunk, Frame, Kind, Point};

/// A fraction of an element's width or height is told in steps from 0 to this.
const WHOLE: u32 = 32_767;

/// Elements that are told apart, of the newest points first: no page has more, a program that posts nonsense may.
const MAX_KNOWN: usize = 50_000;

/// An element with points on it.
#[derive(Debug, Serialize)]
pub struct Element {
    /// ` >>> ` enters a shadow root; empty where none is known.
    selector: String,
    points: u64,
    /// Who made them, and how many of these reached the goal.
    visitors: usize,
    buyers: usize,
    #[serde(flatten)]
    places: Places,
    #[serde(skip)]
    by: Visitors,
}

/// Where on it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Places {
    /// Shares of its width and height, of [`WHOLE`]; place in the frame, CSS pixels; width of the page then; frame, by its code on
    /// the wire; milliseconds of a hover, 1 of other points.
    At(Vec<[u32; 7]>),
    /// Column and row of each cell, and what fell into it.
    Cells(#[serde(serialize_with = "cells")] HashMap<[u32; 2], Cell>),
}

/// What fell into a cell, and whose it was.
#[derive(Debug, Default)]
struct Cell {
    points: u32,
    by: Visitors,
}

/// Elements so far.
#[derive(Debug)]
pub struct Tally {
    points: Points,
    way: Way,
    buyers: HashSet<i64>,
    /// Index of each selector's element.
    known: HashMap<String, usize>,
    elements: Vec<Element>,
    told: usize,
}

impl Tally {
    /// Returns that of nothing yet; these visitors reached the goal.
    pub fn new(points: Points, way: Way, buyers: HashSet<i64>) -> Self {
        Self {
            points,
            way,
            buyers,
            known: HashMap::new(),
            elements: Vec::new(),
            told: 0,
        }
    }

    /// Notes that a visitor reached the goal.
    pub fn buys(&mut self, visitor: i64) {
        self.buyers.insert(visitor);
    }

    /// Adds a chunk of this visitor.
    pub fn add(&mut self, chunk: &Chunk, page_width: u32, visitor: i64) {
        // Each selector is looked up once a chunk.
        let mut met: Vec<Option<usize>> = vec![None; chunk.selectors.len()];
        for point in chunk.points.iter().rev() {
            if !self.points.has(point) {
                continue;
            }
            let Some(anchor) = chunk.anchors.get(point.anchor as usize) else {
                continue;
            };
            let selector = anchor.selector as usize;
            let index = match met.get_mut(selector) {
                Some(Some(index)) => *index,
                Some(slot) => {
                    let Some(index) = self.element(chunk.selectors.get(selector)) else {
                        continue;
                    };
                    *slot = Some(index);
                    if let Some(element) = self.elements.get_mut(index) {
                        element.by.add(visitor);
                    }
                    index
                }
                None => continue,
            };
            if let Some(element) = self.elements.get_mut(index) {
                element.add(point, anchor, page_width, visitor, self.way, &mut self.told);
            }
        }
    }

    /// Returns the index of the element that the selector finds; `None` where there are too many.
    fn element(&mut self, selector: Option<&String>) -> Option<usize> {
        let selector = selector?.as_str();
        if let Some(index) = self.known.get(selector) {
            return Some(*index);
        }
        let index = self.elements.len();
        if index >= MAX_KNOWN {
            return None;
        }
        self.known.insert(selector.to_owned(), index);
        self.elements.push(Element {
            selector: selector.to_owned(),
            points: 0,
            visitors: 0,
            buyers: 0,
            places: match self.way {
                Way::Each { .. } => Places::At(Vec::new()),
                Way::Grid { .. } => Places::Cells(HashMap::new()),
            },
            by: Visitors::default(),
        });
        Some(index)
    }

    /// Returns how many points are told, and the elements, `most` of them at most.
    pub fn end(mut self, most: usize) -> (u64, Vec<Element>) {
        self.elements
            .sort_unstable_by(|one, other| one.rank().cmp(&other.rank()));
        self.elements.truncate(most);
        let mut told = 0;
        for element in &mut self.elements {
            let visitors = element.by.sorted();
            let bought = |visitor: &&i64| self.buyers.contains(visitor);
            element.visitors = visitors.len();
            element.buyers = visitors.iter().filter(bought).count();
            told += match &mut element.places {
                Places::At(points) => points.len() as u64,
                Places::Cells(cells) => {
                    if let Way::Grid { min, .. } = self.way {
                        cells.retain(|_, cell| cell.by.sorted().len() >= min as usize);
                    }
                    cells.values().map(|cell| u64::from(cell.points)).sum()
                }
            };
        }
        (told, self.elements)
    }
}

impl Element {
    fn rank(&self) -> (Reverse<u64>, &str) {
        (Reverse(self.points), &self.selector)
    }

    fn add(
        &mut self,
        point: &Point,
        anchor: &Anchor,
        page_width: u32,
        visitor: i64,
        way: Way,
        told: &mut usize,
    ) {
        self.points += 1;
        match (&mut self.places, way) {
            (Places::At(points), Way::Each { limit }) if *told < limit => {
                *told += 1;
                let [share_x, share_y] = shares(point, anchor);
                let [x, y] = point.at;
                points.push([
                    share_x,
                    share_y,
                    x,
                    y,
                    page_width,
                    frame(anchor),
                    weight(point),
                ]);
            }
            (Places::Cells(cells), Way::Grid { side, .. }) => {
                let cell = shares(point, anchor).map(|share| share * side / (WHOLE + 1));
                let cell = cells.entry(cell).or_default();
                cell.points = cell.points.saturating_add(1);
                cell.by.add(visitor);
            }
            _ => {}
        }
    }
}

fn cells<S: serde::Serializer>(cells: &HashMap<[u32; 2], Cell>, out: S) -> Result<S::Ok, S::Error> {
    let told = cells
        .iter()
        .map(|([column, row], cell)| [*row, *column, cell.points]);
    let mut told: Vec<_> = told.collect();
    told.sort_unstable();
    out.collect_seq(
        told.iter()
            .map(|[row, column, points]| [column, row, points]),
    )
}

/// Returns the frame's code on the wire, whatever box it is.
fn frame(anchor: &Anchor) -> u32 {
    match anchor.frame {
        Frame::Page => 0,
        Frame::Window => 1,
        Frame::Scroller(..) => 2,
    }
}

fn weight(point: &Point) -> u32 {
    if point.kind == Kind::Hover {
        point.stayed
    } else {
        1
    }
}

fn shares(point: &Point, anchor: &Anchor) -> [u32; 2] {
    let [_, _, width, height] = anchor.rect;
    let [dx, dy] = point.offset(anchor);
    [share(dx, width), share(dy, height)]
}

fn share(offset: u32, size: u32) -> u32 {
    let share = (u64::from(offset) * u64::from(WHOLE)).checked_div(u64::from(size));
    // An element without a size has only a middle.
    share.map_or(WHOLE / 2, |share| share.min(u64::from(WHOLE)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heatmap::{Packer, Spot};

    #[test]
    fn selectors_that_a_program_makes_up_are_told_apart_up_to_a_bound() {
        let points = Points {
            kind: Kind::Click,
            pointer: None,
        };
        let mut tally = Tally::new(points, Way::Each { limit: 9 }, HashSet::new());
        for part in 0..MAX_KNOWN / 500 + 1 {
            let mut packer = Packer::default();
            for number in 0..500 {
                let selector = format!("#made-up-{part}-{number}");
                assert!(packer.add(&Spot::click(&selector, [0, 0, 9, 9], [1, 1]), 0));
            }
            let chunk = Chunk::unpack(&packer.pack()).unwrap();
            tally.add(&chunk, 1265, 1);
        }
        let (told, elements) = tally.end(usize::MAX);
        assert_eq!((told, elements.len()), (9, MAX_KNOWN));
    }

    #[test]
    fn a_point_is_told_as_a_share_of_its_element() {
        for (offset, size, expected) in [
            (0, 100, 0),
            (50, 100, WHOLE / 2),
            (100, 100, WHOLE),
            (300, 100, WHOLE),
            (5, 0, WHOLE / 2),
            (u32::MAX, u32::MAX, WHOLE),
        ] {
            assert_eq!(share(offset, size), expected, "{offset} of {size}");
        }
    }
}
