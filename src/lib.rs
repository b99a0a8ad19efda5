//! spoor recognises a shop's micro-conversions in the browser and beacons them to any collector.
//!
//! The files beside this one are the core: plain data in, plain data out, no clock, no chance, no DOM.
//! [`web`] is the edge in the browser, `collector` (feature `collector`) the one on the server.

pub mod attribution;
pub mod base64;
pub mod error;
#[cfg(feature = "collector")]
pub mod collector;
pub mod heatmap;
pub mod id;
pub mod json;
pub mod loss;
pub mod price;
pub mod privacy;
pub mod selector;
pub mod session;
pub mod time;
pub mod value;
pub mod wire;
