//! Tests of the edge in a real browser: what only a document shows.
#![cfg(target_arch = "wasm32")]
// clippy.toml allows these in tests, but does not see that all of this is one.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod web {
    mod behaviour;
    mod clicks;
    mod heat;
    mod leaving;
    mod page;
    mod stage;
    mod typed;
}

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
