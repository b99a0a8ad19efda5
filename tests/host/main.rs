//! Journeys and tables against the public interface.

// clippy.toml allows these in tests, but does not see that all of this is one.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod behaviour;
mod browser;
mod config;
mod conversions;
mod delivery;
mod journey;
mod navigation;
mod timing;
mod wire;
