//! Packs points as they come. What they have in common is found when the chunk is told: while the visitor acts, a point costs a
//! comparison of its element and a few bytes.

use super::{
    KIND_SHIFT, Kind, MAX_ANCHORS, MAX_NUMBER, MAX_POINTS, MAX_SELECTOR_BYTES, MOVE_BITS, MOVE_MS,
    MOVE_PX, MOVE_TIMES, MOVES_X, MOVES_Y, NEXT, POINTER_SHIFT, Place, Point, SCROLLERS,
    SOME_NUMBER, STEP_MS, Spot, TURNS, VERSION, WHOLE, away, expected, like, middle, moved,
};

/// Packs points as they come.
#[derive(Clone, Debug, Default)]
pub struct Packer {
    /// Selectors and anchors, each once.
    selectors: Vec<String>,
    anchors: Vec<Place>,
    /// The points, packed, how many they are, and how many anchors they have named.
    points: Vec<u8>,
    count: u32,
    named: u32,
    /// The last of them, as it will be read.
    before: Point,
}

impl Packer {
    /// Adds a point; returns `false` where it was not taken: there are too many already.
    ///
    /// Where its element is known at that place, nothing is allocated but room for more points, now and then.
    pub fn add(&mut self, spot: &Spot<'_>, since_opened: u32) -> bool {
        let Some(anchor) = self.anchor(spot) else {
            return false;
        };
        let ([left, top, ..], [x, y]) = (spot.rect, spot.offset);
        self.put(Point {
            kind: spot.kind,
            pointer: spot.pointer,
            anchor,
            at: [left.saturating_add(x), top.saturating_add(y)],
            t: since_opened / STEP_MS * STEP_MS,
            stayed: spot.stayed,
        })
    }

    /// Adds the last point once more, as what it turned out to be; where there is none, nothing is to be added.
    pub fn mark(&mut self, kind: Kind) -> bool {
        let point = Point {
            kind,
            ..self.before
        };
        self.count == 0 || self.put(point)
    }

    fn put(&mut self, mut point: Point) -> bool {
        if self.count >= MAX_POINTS as u32 {
            return false;
        }
        self.count += 1;
        let before = self.before;
        let turns = self.count == 1 || point.anchor != before.anchor;
        let from = if turns {
            let anchor = self.anchors.get(point.anchor as usize);
            middle(anchor.copied().unwrap_or_default())
        } else {
            before.at
        };
        let ([x, y], [from_x, from_y]) = (point.at, from);
        let ways = [(x, from_x), (y, from_y)].map(|(to, from)| to.wrapping_sub(from) as i32);
        // Rounded: the bit below says whether up.
        let steps = ways.map(|way| (way >> MOVE_BITS) + (way >> (MOVE_BITS - 1) & 1));
        let dt = point.t.saturating_sub(before.t);
        let later = (dt.saturating_add(MOVE_MS / 2) / MOVE_MS).wrapping_sub(1);
        let is_move = point.kind == Kind::Move;
        let is_near =
            MOVES_X.contains(&steps[0]) && MOVES_Y.contains(&steps[1]) && later < MOVE_TIMES;
        let out = &mut self.points;
        if is_move && !turns && point.pointer == before.pointer && is_near {
            let bits = (steps[0] & 0x7f) << 8 | (steps[1] & 0x3f) << 2 | later as i32;
            out.extend_from_slice(&(bits as u16).to_be_bytes());
            point = moved(&before, steps, later);
        } else {
            let mut head = WHOLE | (point.kind as u32) << KIND_SHIFT;
            head |= (point.pointer as u32) << POINTER_SHIFT;
            let is_next = point.anchor == self.named;
            if turns {
                head |= TURNS | if is_next { NEXT } else { 0 };
            }
            out.push(head as u8);
            if is_next {
                self.named += 1;
            } else if turns {
                put(out, point.anchor);
            }
            put(out, dt / STEP_MS);
            for way in if is_move { steps } else { ways } {
                put_signed(out, way);
            }
            if is_move {
                point.at = away(from, steps.map(|step| step.wrapping_mul(MOVE_PX)));
            }
            if point.kind == Kind::Hover {
                put(out, point.stayed / STEP_MS);
            }
            point.t = before.t.max(point.t);
        }
        self.before = point;
        true
    }

    /// Returns the index of the element of a point.
    fn anchor(&mut self, spot: &Spot<'_>) -> Option<u32> {
        let selector = self.selector(spot.selector)?;
        let frame = if spot.is_fixed {
            1
        } else if spot.scroller.is_empty() {
            0
        } else {
            SCROLLERS + self.selector(spot.scroller)?
        };
        let scrolls = u32::from(frame >= SCROLLERS);
        let [right, down] = spot.scrolled.map(|far| far * scrolls);
        let [left, top, width, height] = spot.rect;
        let place = [selector, frame, right, down, left, top, width, height];
        let known = self.anchors.iter().position(|known| *known == place);
        index_of(&mut self.anchors, known, || place)
    }

    fn selector(&mut self, selector: &str) -> Option<u32> {
        if selector.len() > MAX_SELECTOR_BYTES {
            return None;
        }
        let known = self.selectors.iter().position(|known| known == selector);
        index_of(&mut self.selectors, known, || selector.to_owned())
    }

    /// Returns how many points it holds.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Returns whether it holds no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the bytes of a chunk, and begins anew.
    pub fn pack(&mut self) -> Vec<u8> {
        let all = core::mem::take(self);
        let mut out = vec![VERSION];
        put(&mut out, all.selectors.len() as u32);
        let (mut shapes, mut kins) = (Vec::new(), Vec::new());
        for selector in &all.selectors {
            kins.push(put_selector(&mut out, &mut shapes, selector));
        }
        put(&mut out, all.anchors.len() as u32);
        let mut next = 0;
        for (index, place) in all.anchors.iter().enumerate() {
            let before = all.anchors.get(..index).unwrap_or_default();
            let [selector, ..] = *place;
            let kin = |selector: u32| kins.get(selector as usize);
            let mut like = like(before, |one| kin(one) == kin(selector));
            like[0] = next;
            put_place(&mut out, *place, like);
            next = expected(next, *place);
        }
        put(&mut out, all.count);
        out.extend_from_slice(&all.points);
        out
    }
}

/// Returns where in a list something stands, added where it was not `known`; nothing where the list is full.
fn index_of<T>(list: &mut Vec<T>, known: Option<usize>, make: impl FnOnce() -> T) -> Option<u32> {
    let index = known.unwrap_or(list.len());
    if index >= MAX_ANCHORS {
        return None;
    }
    if known.is_none() {
        list.push(make());
    }
    Some(index as u32)
}

/// Tells a selector by its shape, and a shape that is new by the one before; returns the shape's index.
fn put_selector(out: &mut Vec<u8>, shapes: &mut Vec<Vec<u8>>, selector: &str) -> u32 {
    let (shape, numbers) = shape_of(selector);
    let known = shapes.iter().position(|known| *known == shape);
    let kin = known.unwrap_or(shapes.len());
    put(out, kin as u32);
    if known.is_none() {
        let before = shapes.last().map(Vec::as_slice).unwrap_or_default();
        let both = before.iter().zip(&shape);
        let first = both.take_while(|(one, other)| one == other).count();
        let own = shape.get(first..).unwrap_or_default();
        put(out, first as u32);
        put(out, own.len() as u32);
        out.extend_from_slice(own);
        shapes.push(shape);
    }
    out.extend_from_slice(&numbers);
    kin as u32
}

/// Returns a selector with a `0` in place of each number in it, and the numbers, packed, none with a zero before it: elements of a list
/// have one shape.
fn shape_of(selector: &str) -> (Vec<u8>, Vec<u8>) {
    let (mut shape, mut numbers) = (Vec::new(), Vec::new());
    let (mut number, mut is_number) = (0, false);
    for byte in selector.bytes() {
        let digit = u32::from(byte.wrapping_sub(SOME_NUMBER));
        if digit < 10 && (1..MAX_NUMBER).contains(&number) {
            number = number * 10 + digit;
            continue;
        }
        if is_number {
            put(&mut numbers, number);
        }
        is_number = digit < 10;
        number = if is_number { digit } else { 0 };
        shape.push(if is_number { SOME_NUMBER } else { byte });
    }
    if is_number {
        put(&mut numbers, number);
    }
    (shape, numbers)
}

/// Tells an anchor by how it differs from another.
fn put_place(out: &mut Vec<u8>, place: Place, like: Place) {
    let at = out.len();
    out.push(0);
    let mut head = 0;
    for (bit, (to, from)) in place.iter().zip(like).enumerate() {
        if *to != from {
            head |= 1 << bit;
            put_signed(out, to.wrapping_sub(from) as i32);
        }
    }
    if let Some(first) = out.get_mut(at) {
        *first = head;
    }
}

fn put_signed(out: &mut Vec<u8>, number: i32) {
    put(out, (number << 1 ^ number >> 31) as u32);
}

fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
