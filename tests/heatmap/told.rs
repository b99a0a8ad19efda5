//! What `Chunk::unpack` makes of bytes, as JSON of the shape that js/heatmap.js returns.

use serde_json::{Value, json};
use spoor::heatmap::{Anchor, Broken, Chunk, Frame, Kind, Point, Pointer};

/// Returns `{ chunk }`, or `{ broken: { offset, reason } }`.
pub fn told(read: &Result<Chunk, Broken>) -> Value {
    match read {
        Ok(chunk) => json!({ "chunk": {
            "selectors": chunk.selectors,
            "anchors": chunk.anchors.iter().map(anchor).collect::<Vec<_>>(),
            "points": chunk.points.iter().map(point).collect::<Vec<_>>(),
        }}),
        Err(Broken { offset, reason }) => {
            json!({ "broken": { "offset": offset, "reason": reason } })
        }
    }
}

fn anchor(anchor: &Anchor) -> Value {
    let frame = match anchor.frame {
        Frame::Page => json!("page"),
        Frame::Window => json!("window"),
        Frame::Scroller(scroller, scrolled) => {
            json!({ "scroller": scroller, "scrolled": scrolled })
        }
    };
    json!({ "selector": anchor.selector, "frame": frame, "rect": anchor.rect })
}

fn point(point: &Point) -> Value {
    let kind = match point.kind {
        Kind::Click => "click",
        Kind::Move => "move",
        Kind::Hover => "hover",
        Kind::Rage => "rage",
        Kind::Dead => "dead",
    };
    let pointer = match point.pointer {
        Pointer::Mouse => "mouse",
        Pointer::Touch => "touch",
        Pointer::Pen => "pen",
        Pointer::Key => "key",
    };
    let mut told = json!({ "kind": kind, "pointer": pointer, "anchor": point.anchor, "at": point.at, "t": point.t });
    if point.kind == Kind::Hover {
        told["stayed"] = json!(point.stayed);
    }
    told
}
