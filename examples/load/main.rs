//! Loads the collector and prints what it withstood, or fills one with made-up visits to look at the reports.
//!
//! `cargo run --release --features collector --example load` builds the collector, runs it on one core over a new
//! database, posts to it for a few seconds with 1, 10 and 100 events a batch, and prints a table.
//! `... --example load -- --events 1000000` posts so many and prints what the collector holds in memory.
//! `... --example load -- --points 10000000` fills a new database with so many points of heatmaps, and prints how large it is and
//! how long reports on it take.
//! `... --example load -- --journeys 2000 --to 127.0.0.1:8787` posts the visits of two weeks to a running collector.

// Indexes are drawn below the length of what they index.
#![allow(clippy::indexing_slicing)]

mod browser;
mod client;
mod heat;
mod journey;
mod measure;
mod queries;
mod server;
mod soak;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;

/// What is done.
#[derive(Debug, Parser)]
struct Options {
    /// How long each size of batch is posted
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,

    /// Connections that post at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=256))]
    connections: u16,

    /// Posts this many events to a new collector instead, and tells its memory at each tenth
    #[arg(long, value_name = "EVENTS", conflicts_with = "journeys", value_parser = clap::value_parser!(u32).range(10..=100_000_000))]
    events: Option<u32>,

    /// Posts visits with this many points of heatmaps to a new collector instead, and tells how long reports on them take
    #[arg(long, value_name = "POINTS", conflicts_with_all = ["journeys", "events"], value_parser = clap::value_parser!(u64).range(1000..=1_000_000_000))]
    points: Option<u64>,

    /// Keeps the database of --points here; where it is there already, it is asked and not filled
    #[arg(long, value_name = "FILE", requires = "points")]
    db: Option<PathBuf>,

    /// Makes up this many visits instead, and posts them to --to
    #[arg(long, value_name = "VISITS", requires = "to", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    journeys: Option<u32>,

    /// The running collector that takes the visits
    #[arg(long, value_name = "ADDRESS:PORT")]
    to: Option<SocketAddr>,

    /// The site that the visits go to
    #[arg(long, value_name = "SITE", default_value = "demo-shop")]
    site: String,

    /// Decides what the visits do: the same number, the same visits
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let connections = usize::from(options.connections);
    let done = match (options.journeys, options.to, options.events, options.points) {
        (Some(visits), Some(to), ..) => journey::post(to, &options.site, visits, options.seed),
        (_, _, Some(events), _) => soak::soak(events as usize, connections),
        (.., Some(points)) => queries::measure(points, options.db, connections, options.seed),
        _ => measure::all(Duration::from_secs(options.seconds), connections),
    };
    match done {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}
