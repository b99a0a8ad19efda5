//! Writes any chunk by docs/wire.md; what the browser writes is a part of that, by another way: `Packer`.

use spoor::heatmap::{Anchor, Chunk, Frame, Kind, Point, STEP_MS, VERSION};

/// What a step counts.
const MOVE_PX: i32 = 4;
const MOVE_MS: u32 = 50;
/// As far back a selector is compared.
const MAX_BACK: usize = 64;

/// Returns the bytes: a move in two of them where it is told so, everything else whole.
pub fn pack(chunk: &Chunk) -> Vec<u8> {
    let mut out = vec![VERSION];
    varint(&mut out, chunk.selectors.len() as u32);
    let backs: Vec<usize> = (0..chunk.selectors.len())
        .map(|index| selector(&mut out, &chunk.selectors, index))
        .collect();
    varint(&mut out, chunk.anchors.len() as u32);
    let mut next = 0;
    for index in 0..chunk.anchors.len() {
        anchor(&mut out, &chunk.anchors, index, &backs, &mut next);
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

/// Writes a selector by the nearest of those with which it shares most; returns how far before it that stands.
fn selector(out: &mut Vec<u8>, all: &[String], index: usize) -> usize {
    let text = all[index].as_bytes();
    let shared = |back: usize| {
        let other = all[index - back].as_bytes();
        let most = text.len().min(other.len());
        let first = (0..most).take_while(|n| text[*n] == other[*n]).count();
        let ends = |n: &usize| text[text.len() - 1 - n] == other[other.len() - 1 - n];
        let last = (0..most - first).take_while(ends).count();
        (first, last)
    };
    let backs = 1..=index.min(MAX_BACK);
    let all_shared = backs.map(|back| (shared(back), back)).rev();
    let best = all_shared.max_by_key(|((first, last), _)| first + last);
    let ((first, last), back) = best
        .filter(|((first, last), _)| first + last > 0)
        .unwrap_or_default();
    varint(out, back as u32);
    if back > 0 {
        varint(out, first as u32);
        varint(out, last as u32);
    }
    let own = &text[first..text.len() - last];
    varint(out, own.len() as u32);
    out.extend_from_slice(own);
    back
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

fn anchor(out: &mut Vec<u8>, all: &[Anchor], index: usize, backs: &[usize], next: &mut u32) {
    let anchor = &all[index];
    let by = anchor.selector - backs[anchor.selector as usize] as u32;
    let is_like = |one: &&Anchor| one.selector == anchor.selector || one.selector == by;
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
