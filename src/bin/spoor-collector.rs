//! The reference collector: `spoor-collector --help`.

fn main() {}
