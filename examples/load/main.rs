//! Loads the collector and prints what it withstood.

fn main() {}
