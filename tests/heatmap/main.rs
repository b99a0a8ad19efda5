//! The golden bytes of chunks, which js/heatmap.js reads as well: equal.test.mjs.

// clippy.toml allows these in tests, but does not see that all of this is one.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod packed;
mod told;

use serde_json::Value;
use spoor::{base64, heatmap::Chunk};

#[test]
fn golden_chunks_are_read_and_written() {
    let before = include_str!("../fixtures/chunks-v3.json");
    let now = include_str!("../fixtures/chunks-v4.json");
    let [before, now]: [Vec<Value>; 2] =
        [before, now].map(|text| serde_json::from_str(text).unwrap());
    assert!(!before.is_empty() && !now.is_empty());
    let read_only = before.iter().map(|case| (case, false));
    for (case, is_written) in read_only.chain(now.iter().map(|case| (case, true))) {
        let name = &case["name"];
        let bytes = base64::decode(case["data"].as_str().unwrap()).unwrap();
        let read = Chunk::unpack(&bytes);
        let told = told::told(&read);
        assert_eq!(told["chunk"], case["chunk"], "{name}");
        assert_eq!(told["broken"], case["broken"], "{name}");
        if let Ok(chunk) = read
            && is_written
        {
            assert_eq!(packed::pack(&chunk), bytes, "{name}");
        }
    }
}
