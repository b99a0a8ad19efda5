//! Bytes are a chunk of heatmap points or are refused; what was read is no more than they account for, and reads the same when it is
//! written again.
#![no_main]

#[path = "../../tests/heatmap/packed.rs"]
mod packed;

use libfuzzer_sys::fuzz_target;
use spoor::heatmap::Chunk;

/// Least bytes of an anchor, and of a point.
const ANCHOR_BYTES: usize = 6;
const POINT_BYTES: usize = 2;

fuzz_target!(|bytes: &[u8]| {
    match Chunk::unpack(bytes) {
        Ok(chunk) => {
            let texts: usize = chunk.selectors.iter().map(|text| 1 + text.len()).sum();
            let places = chunk.anchors.len() * ANCHOR_BYTES + chunk.points.len() * POINT_BYTES;
            assert!(texts + places < bytes.len(), "{chunk:?}");
            assert_eq!(Chunk::unpack(&packed::pack(&chunk)), Ok(chunk));
        }
        Err(broken) => assert!(broken.offset <= bytes.len(), "{broken:?}"),
    }
});
