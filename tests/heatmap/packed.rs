//! Writes any chunk by docs/wire.md; what the browser writes is a part of that, by another way: `Packer`.

use spoor::heatmap::{Anchor, Chunk, Frame, Kind, Point, STEP_MS, VERSION};

/// What a step counts.
const MOVE_PX: i32 = 4;
const MOVE_MS: u32 = 50;
/// Digits of one number in a selector.
const MAX_DIGITS: usize = 9;

/// Returns the bytes: a move in two of them where it is told so, everything else whole.
pub fn pack(chunk: &Chunk) -> Vec<u8> {
    let mut out = vec![VERSION];
    varint(&mut out, chunk.selectors.len() as u32);
    let mut shapes = Vec::new();
    let kins: Vec<usize> = chunk
        .selectors
        .iter()
        .map(|text| selector(&mut out, &mut shapes, text))
        .collect();
    varint(&mut out, chunk.anchors.len() as u32);
    let mut next = 0;
    for index in 0..chunk.anchors.len() {
        anchor(&mut out, &chunk.anchors, index, &kins, &mut next);
    }
    varint(&mut out, chunk.points.len() as u32);
    let (mut before, mut named) = (None, 0);
    for point in &chunk.points {
        match before.and_then(|before| step(before, point)) {
            Some(bits) => out.extend_from_slice(&bits.to_be_bytes()),
            None => whole(&mut out, before, point, &chunk.anchors, &mut named),
        }
        before = Some(point);
    }
    out
}

/// Writes a selector by its shape; returns the shape's index.
fn selector(out: &mut Vec<u8>, shapes: &mut Vec<String>, text: &str) -> usize {
    let (shape, numbers) = shape_of(text);
    let known = shapes.iter().position(|known| *known == shape);
    let kin = known.unwrap_or(shapes.len());
    varint(out, kin as u32);
    if known.is_none() {
        let before = shapes.last().map_or("", String::as_str).as_bytes();
        let bytes = shape.as_bytes();
        let most = bytes.len().min(before.len());
        let first = (0..most).find(|n| bytes[*n] != before[*n]).unwrap_or(most);
        varint(out, first as u32);
        varint(out, (bytes.len() - first) as u32);
        out.extend_from_slice(&bytes[first..]);
        shapes.push(shape);
    }
    for number in numbers {
        varint(out, number);
    }
    kin
}

/// Returns a selector with `0` in place of its numbers, and these: a zero is one by itself.
fn shape_of(selector: &str) -> (String, Vec<u32>) {
    let (mut shape, mut numbers) = (String::new(), Vec::new());
    let mut rest = selector;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take(MAX_DIGITS);
        let length = match first {
            '0' => 1,
            '1'..='9' => digits.take_while(u8::is_ascii_digit).count(),
            _ => first.len_utf8(),
        };
        let part = &rest[..length];
        numbers.extend(part.parse::<u32>());
        shape.push(if first.is_ascii_digit() { '0' } else { first });
        rest = &rest[length..];
    }
    (shape, numbers)
}

/// Returns an anchor as its eight numbers.
fn numbers(anchor: &Anchor) -> [u32; 8] {
    let [left, top, width, height] = anchor.rect;
    let (frame, [right, down]) = match anchor.frame {
        Frame::Page => (0, [0, 0]),
        Frame::Window => (1, [0, 0]),
        Frame::Scroller(selector, scrolled) => (2 + selector, scrolled),
    };
    [
        anchor.selector,
        frame,
        right,
        down,
        left,
        top,
        width,
        height,
    ]
}

fn anchor(out: &mut Vec<u8>, all: &[Anchor], index: usize, kins: &[usize], next: &mut u32) {
    let anchor = &all[index];
    let kin = |anchor: &Anchor| kins[anchor.selector as usize];
    let is_like = |one: &&Anchor| kin(one) == kin(anchor);
    let like = all[..index].iter().rfind(is_like);
    let mut like = like
        .or(all[..index].last())
        .map(numbers)
        .unwrap_or_default();
    like[0] = *next;
    let off: Vec<i32> = numbers(anchor)
        .iter()
        .zip(like)
        .map(|(to, from)| to.wrapping_sub(from) as i32)
        .collect();
    let told = off.iter().enumerate().filter(|(_, off)| **off != 0);
    out.push(told.clone().map(|(bit, _)| 1 << bit).sum());
    for (_, off) in told {
        signed(out, *off);
    }
    *next = (*next).max(anchor.selector + 1);
    if let Frame::Scroller(selector, _) = anchor.frame {
        *next = (*next).max(selector + 1);
    }
}

/// Returns the two bytes that lead from one point to exactly the next.
fn step(before: &Point, point: &Point) -> Option<u16> {
    let like = Point {
        kind: Kind::Move,
        at: point.at,
        t: point.t,
        stayed: 0,
        ..*before
    };
    // Time ends at its end.
    let later = (0..4).find(|later| before.t.saturating_add((later + 1) * MOVE_MS) == point.t)?;
    let ([x, y], [from_x, from_y]) = (point.at, before.at);
    let [right, down] = [(x, from_x), (y, from_y)].map(|(to, from)| to.wrapping_sub(from) as i32);
    let [dx, dy] = [right / MOVE_PX, down / MOVE_PX];
    let fits = *point == like
        && right % MOVE_PX == 0
        && down % MOVE_PX == 0
        && (-64..64).contains(&dx)
        && (-32..32).contains(&dy);
    let bits = (dx & 0x7f) << 8 | (dy & 0x3f) << 2 | later as i32;
    fits.then_some(bits as u16)
}

fn whole(
    out: &mut Vec<u8>,
    before: Option<&Point>,
    point: &Point,
    anchors: &[Anchor],
    named: &mut u32,
) {
    let Point { mut at, t, .. } = before.copied().unwrap_or_default();
    // A move counts whole steps, from the place before or from the middle of its anchor.
    let is_off = |from: [u32; 2]| {
        let mut both = from.iter().zip(point.at);
        both.any(|(from, to)| (to.wrapping_sub(*from) as i32) % MOVE_PX != 0)
    };
    let turns = before.is_none_or(|before| before.anchor != point.anchor)
        || point.kind == Kind::Move && is_off(at);
    let is_next = point.anchor == *named;
    let [kind, pointer] = [point.kind as u8, point.pointer as u8];
    out.push(0x80 | kind << 4 | u8::from(turns) << 3 | pointer << 1 | u8::from(turns && is_next));
    if turns {
        let [left, top, width, height] = anchors[point.anchor as usize].rect;
        at = [left.wrapping_add(width / 2), top.wrapping_add(height / 2)];
        if !is_next {
            varint(out, point.anchor);
        }
    }
    *named += u32::from(is_next);
    varint(out, (point.t - t) / STEP_MS);
    for (from, to) in at.iter().zip(point.at) {
        let way = to.wrapping_sub(*from) as i32;
        if point.kind == Kind::Move {
            signed(out, way / MOVE_PX);
        } else {
            signed(out, way);
        }
    }
    if point.kind == Kind::Hover {
        varint(out, point.stayed / STEP_MS);
    }
}

fn signed(out: &mut Vec<u8>, number: i32) {
    varint(out, (number << 1 ^ number >> 31) as u32);
}

fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
