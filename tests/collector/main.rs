//! The collector by its public interface: the app without a socket, the binary with one.

// clippy.toml allows these in tests, but does not see that all of this is one.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod collecting;
mod disk;
mod envelope;
mod heat;
mod killed;
mod pressure;
mod process;
mod reading;
mod running;
mod shop;
