//! The reference collector: `spoor-collector --help`, docs/collector.md.

use std::process::ExitCode;

use clap::Parser;
use spoor::collector::{Options, serve};

#[tokio::main]
async fn main() -> ExitCode {
    match serve(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("spoor-collector: {error}");
            ExitCode::FAILURE
        }
    }
}
