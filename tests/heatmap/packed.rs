//! Writes any chunk by docs/wire.md; what the browser writes is a part of that, by another way: `Packer`.

use spoor::heatmap::{Chunk, Frame, Kind, Point, STEP_MS, VERSION};

/// What a step counts.
const MOVE_PX: i32 = 4;
const MOVE_MS: u32 = 50;

/// Returns the bytes: a move in two of them where it is told so, everything else whole.
pub fn pack(chunk: &Chunk) -> Vec<u8> {
    let mut out = vec![VERSION];
    varint(&mut out, chunk.selectors.len() as u32);
    for selector in &chunk.selectors {
        varint(&mut out, selector.len() as u32);
        out.extend_from_slice(selector.as_bytes());
    }
    varint(&mut out, chunk.anchors.len() as u32);
    for anchor in &chunk.anchors {
        varint(&mut out, anchor.selector);
        match anchor.frame {
            Frame::Page => varint(&mut out, 0),
            Frame::Window => varint(&mut out, 1),
            Frame::Scroller(selector, [right, down]) => {
                for number in [2 + selector, right, down] {
                    varint(&mut out, number);
                }
            }
        }
        for edge in anchor.rect {
            varint(&mut out, edge);
        }
    }
    varint(&mut out, chunk.points.len() as u32);
    let mut before = None;
    for point in &chunk.points {
        match before.and_then(|before| step(before, point)) {
            Some(bits) => out.extend_from_slice(&bits.to_be_bytes()),
            None => whole(&mut out, before, point),
        }
        before = Some(point);
    }
    out
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

fn whole(out: &mut Vec<u8>, before: Option<&Point>, point: &Point) {
    let turns = before.is_none_or(|before| before.anchor != point.anchor);
    let Point { at, t, .. } = before.copied().unwrap_or_default();
    let [kind, pointer] = [point.kind as u8, point.pointer as u8];
    out.push(0x80 | kind << 4 | u8::from(turns) << 3 | pointer << 1);
    if turns {
        varint(out, point.anchor);
    }
    varint(out, (point.t - t) / STEP_MS);
    for (from, to) in at.iter().zip(point.at) {
        let way = to.wrapping_sub(*from) as i32;
        varint(out, (way << 1 ^ way >> 31) as u32);
    }
    if point.kind == Kind::Hover {
        varint(out, point.stayed / STEP_MS);
    }
}

fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
