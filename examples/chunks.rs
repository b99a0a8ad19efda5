//! `cargo run --example chunks -- SEED COUNT`: prints so many chunks of heatmap points, whole ones and ones that were tampered with,
//! and what Rust reads out of them. tests/heatmap/equal.test.mjs compares what js/heatmap.js reads.
//!
//! A line is JSON: `{ "data": base64url, "chunk": ... }`, or `broken` in place of `chunk`; see tests/heatmap/told.rs.
#![allow(clippy::indexing_slicing)]

#[path = "../tests/heatmap/packed.rs"]
mod packed;
#[path = "../tests/heatmap/told.rs"]
mod told;

use std::io::{self, BufWriter, Write};

use spoor::{
    base64,
    heatmap::{Anchor, Chunk, Frame, Kind, Point, Pointer, READ_VERSIONS, STEP_MS},
};

/// Most of each in a chunk; more would say nothing else.
const MAX_SELECTORS: u32 = 6;
const MAX_ANCHORS: u32 = 8;
const MAX_POINTS: u32 = 40;
/// Of so many chunks one is left whole.
const WHOLE: u32 = 3;
const MAX_CHANGES: u32 = 4;
const KINDS: [Kind; 5] = [Kind::Click, Kind::Move, Kind::Hover, Kind::Rage, Kind::Dead];
/// What a page's selectors look like; UTF-8 of every length, a byte order mark, none at all.
const SELECTORS: [&str; 10] = [
    "",
    "#add",
    "main > ul > li:nth-of-type(4) > button.add-to-cart",
    "main > ul > li:nth-of-type(300) > button.add-to-cart",
    "#card-007",
    "#card-4294967296",
    "x-card >>> [title=\"größer\"]",
    "\u{feff}p",
    "[aria-label=\"注文\"]",
    ".\u{1f6d2}\u{0}",
];
/// Bytes that say something wherever they stand: ends of varints, heads of points, and what UTF-8 never has.
const TELLING: [u8; 10] = [0, 1, 2, 0x7f, 0x80, 0x88, 0xa0, 0xc0, 0xf8, 0xff];

fn main() -> io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse());
    let mut next = || numbers.next().and_then(Result::ok);
    let (Some(seed), Some(count)) = (next(), next()) else {
        return Err(io::Error::other("give two numbers: SEED COUNT"));
    };
    let mut chance = Chance(seed);
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..count {
        let mut bytes = packed::pack(&chance.chunk());
        if chance.below(WHOLE) != 0 {
            chance.tamper(&mut bytes);
        }
        // Some are read as those of the version before.
        if let (0, Some(version)) = (chance.below(WHOLE), bytes.first_mut()) {
            *version = *READ_VERSIONS.start();
        }
        let mut line = told::told(&Chunk::unpack(&bytes));
        line["data"] = base64::encode(&bytes).into();
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// Numbers that look like chance, the same of the same seed: splitmix64, <https://prng.di.unimi.it/splitmix64.c>.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 32) as u32
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }

    fn of<T: Copy>(&mut self, those: &[T]) -> T {
        those[self.below(those.len() as u32) as usize]
    }

    /// Pixels: mostly a page's, now and then any number.
    fn pixels(&mut self) -> u32 {
        match self.below(8) {
            0 => self.next(),
            1 => u32::MAX - self.below(3),
            _ => self.below(2000),
        }
    }

    fn pair(&mut self) -> [u32; 2] {
        [self.pixels(), self.pixels()]
    }

    fn chunk(&mut self) -> Chunk {
        let mut chunk = Chunk::default();
        for _ in 0..self.below(MAX_SELECTORS) {
            chunk.selectors.push(self.of(&SELECTORS).to_owned());
        }
        let selectors = chunk.selectors.len() as u32;
        let anchors = if selectors == 0 {
            0
        } else {
            self.below(MAX_ANCHORS)
        };
        for _ in 0..anchors {
            let anchor = self.anchor(selectors);
            chunk.anchors.push(anchor);
        }
        let points = if anchors == 0 {
            0
        } else {
            self.below(MAX_POINTS)
        };
        for _ in 0..points {
            let mut point = self.point(chunk.points.last(), anchors);
            if point.kind == Kind::Move {
                self.round(&mut point, chunk.points.last(), &chunk.anchors);
            }
            chunk.points.push(point);
        }
        chunk
    }

    fn anchor(&mut self, selectors: u32) -> Anchor {
        let frame = match self.below(3) {
            0 => Frame::Page,
            1 => Frame::Window,
            _ => Frame::Scroller(self.below(selectors), self.pair()),
        };
        let ([x, y], [width, height]) = (self.pair(), self.pair());
        Anchor {
            selector: self.below(selectors),
            frame,
            rect: [x, y, width, height],
        }
    }

    /// Half of the points are moves that are told as steps.
    fn point(&mut self, before: Option<&Point>, anchors: u32) -> Point {
        if let Some(before) = before.filter(|before| before.t < u32::MAX / 2 && self.below(2) == 0)
        {
            let step = |by: u32, most: u32| (by * 4).wrapping_sub(most * 4);
            return Point {
                kind: Kind::Move,
                at: [
                    before.at[0].wrapping_add(step(self.below(128), 64)),
                    before.at[1].wrapping_add(step(self.below(64), 32)),
                ],
                t: before.t + (self.below(4) + 1) * 50,
                stayed: 0,
                ..*before
            };
        }
        let kind = self.of(&KINDS);
        let t = before.map_or(0, |before| before.t);
        let waited = match self.below(20) {
            0 => (u32::MAX - t) / STEP_MS,
            1 => self.below(u32::MAX / STEP_MS),
            _ => self.below(3000),
        };
        let stayed = if kind == Kind::Hover {
            self.pixels() / STEP_MS * STEP_MS
        } else {
            0
        };
        Point {
            kind,
            pointer: Pointer::of(self.below(4)),
            anchor: self.below(anchors),
            at: self.pair(),
            t: t.saturating_add(waited * STEP_MS) / STEP_MS * STEP_MS,
            stayed,
        }
    }

    /// Puts a move where it can be told: whole steps from the place before, or from the middle of an anchor that is another.
    fn round(&mut self, point: &mut Point, before: Option<&Point>, anchors: &[Anchor]) {
        let [left, top, width, height] = anchors[point.anchor as usize].rect;
        let middle = [left.wrapping_add(width / 2), top.wrapping_add(height / 2)];
        let same = before.filter(|before| before.anchor == point.anchor);
        let from = same.map_or(middle, |before| before.at);
        point.at = [0, 1].map(|axis| {
            let way = point.at[axis].wrapping_sub(from[axis]);
            from[axis].wrapping_add(way / 4 * 4)
        });
    }

    /// Changes, takes away, adds or cuts off some bytes.
    fn tamper(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(MAX_CHANGES) {
            let place = self.below(bytes.len() as u32 + 1) as usize;
            let byte = if self.below(2) == 0 {
                self.of(&TELLING)
            } else {
                self.next() as u8
            };
            match self.below(6) {
                0 => bytes.truncate(place),
                1 => bytes.insert(place, byte),
                2 if place < bytes.len() => drop(bytes.remove(place)),
                _ => {
                    if let Some(changed) = bytes.get_mut(place) {
                        *changed = byte;
                    }
                }
            }
        }
    }
}
