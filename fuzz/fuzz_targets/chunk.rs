//! Bytes are a chunk of heatmap points or are refused; what was read is no more than they account for, and reads the same when it is
//! written again.
#![no_main]

#[path = "../../tests/heatmap/packed.rs"]
mod packed;

use libfuzzer_sys::fuzz_target;
use spoor::heatmap::{Chunk, MAX_SELECTOR_BYTES};

/// Least bytes of a selector, of an anchor, and of a point.
const SELECTOR_BYTES: usize = 1;
const ANCHOR_BYTES: usize = 1;
const POINT_BYTES: usize = 2;

fuzz_target!(|bytes: &[u8]| {
    match Chunk::unpack(bytes) {
        Ok(chunk) => {
            let texts = chunk.selectors.len() * SELECTOR_BYTES;
            let places = chunk.anchors.len() * ANCHOR_BYTES + chunk.points.len() * POINT_BYTES;
            assert!(texts + places < bytes.len(), "{chunk:?}");
            let longest = chunk.selectors.iter().map(String::len).max();
            assert!(longest <= Some(MAX_SELECTOR_BYTES), "{chunk:?}");
            assert_eq!(Chunk::unpack(&packed::pack(&chunk)), Ok(chunk));
        }
        Err(broken) => assert!(broken.offset <= bytes.len(), "{broken:?}"),
    }
});
