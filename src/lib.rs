//! spoor recognises a shop's micro-conversions in the browser and beacons them to any collector.
//!
//! The files beside this one are the core: plain data in, plain data out, no clock, no chance, no DOM. `web` is the edge in
//! the browser (only on wasm32), `collector` (feature `collector`) the one on the server. Begin at [`tracker`].

pub mod attention;
pub mod attribution;
pub mod base64;
pub mod batch;
pub mod config;
pub mod conversion;
pub mod delivery;
pub mod form;
pub mod frustration;
pub mod heard;
pub mod heatmap;
pub mod id;
pub mod journey;
pub mod json;
pub mod link;
pub mod loss;
pub mod offer;
pub mod pack;
pub mod page;
pub mod privacy;
pub mod recognize;
pub mod session;
pub mod signal;
pub mod text;
pub mod time;
pub mod tracker;
pub mod value;
pub mod video;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod wire;

#[cfg(feature = "collector")]
pub mod collector;
