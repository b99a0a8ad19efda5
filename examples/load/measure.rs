//! Posts batches as fast as they are taken, and says how fast that was.

use std::{
    fmt::Write,
    io,
    net::SocketAddr,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use spoor::time::Millis;

use crate::{
    browser::{Browser, add, item},
    client::Client,
    journey::mix,
    server::Server,
};

/// Sizes of batches: a lone click, a busy page, a visit sent late.
const EVENTS: [usize; 3] = [1, 10, 100];
/// Batches of one visit, after which the next begins.
pub const BATCHES_OF_VISIT: usize = 5;

/// Measures all sizes; returns the table.
pub fn all(duration: Duration, connections: usize) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(&folder.path().join("spoor.db"))?;
    let mut table = format!(
        "{connections} connections for {} s each; collector on {}; each batch synced to disk before its answer\n\n\
         | events a batch | batches/s | events/s | p50 ms | p99 ms | refused (429) |\n|---:|---:|---:|---:|---:|---:|",
        duration.as_secs(),
        if server.pinned {
            "one core"
        } else {
            "all cores"
        },
    );
    for events in EVENTS {
        let row = Row::measure(server.address, events, duration, connections)?;
        write!(table, "\n{row}").map_err(io::Error::other)?;
    }
    if let Some((now, most)) = server.memory_mb() {
        write!(
            table,
            "\n\nmemory of the collector: {now:.0} MB at the end, {most:.0} MB at most"
        )
        .map_err(io::Error::other)?;
    }
    Ok(table)
}

struct Row {
    events: usize,
    seconds: f64,
    refused: usize,
    /// Of the stored batches, sorted.
    latencies: Vec<Duration>,
}

impl Row {
    fn measure(
        to: SocketAddr,
        events: usize,
        duration: Duration,
        connections: usize,
    ) -> io::Result<Self> {
        let began = Instant::now();
        let ends = began + duration;
        let posting: Vec<_> = (0..connections)
            .map(|number| {
                let seed = (events * 1000 + number) as u64;
                thread::spawn(move || post_until(ends, to, events, seed))
            })
            .collect();
        let mut latencies = Vec::new();
        let mut refused = 0;
        for thread in posting {
            let done = thread.join();
            let (stored, full) = done.map_err(|_| io::Error::other("a connection failed"))??;
            latencies.extend(stored);
            refused += full;
        }
        latencies.sort_unstable();
        Ok(Self {
            events,
            seconds: began.elapsed().as_secs_f64(),
            refused,
            latencies,
        })
    }

    fn percentile_ms(&self, percent: usize) -> f64 {
        let index = self.latencies.len() * percent / 100;
        let latency = self.latencies.get(index).or(self.latencies.last());
        latency.map_or(f64::NAN, |latency| latency.as_secs_f64() * 1000.0)
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rate = self.latencies.len() as f64 / self.seconds;
        write!(
            out,
            "| {} | {rate:.0} | {:.0} | {:.1} | {:.1} | {} |",
            self.events,
            rate * self.events as f64,
            self.percentile_ms(50),
            self.percentile_ms(99),
            self.refused
        )
    }
}

fn post_until(
    ends: Instant,
    to: SocketAddr,
    events: usize,
    seed: u64,
) -> io::Result<(Vec<Duration>, usize)> {
    let mut client = Client::connect(to)?;
    let (mut latencies, mut refused, mut batches) = (Vec::new(), 0, 0);
    let mut browser = visit(seed, batches);
    while Instant::now() < ends {
        if batches % BATCHES_OF_VISIT == 0 {
            browser = visit(seed, batches);
        }
        batches += 1;
        let body = batch(&mut browser, events);
        let sent = Instant::now();
        match client.post(&body)? {
            200 => latencies.push(sent.elapsed()),
            429 => refused += 1,
            status => return Err(io::Error::other(format!("answered {status} to {body}"))),
        }
    }
    Ok((latencies, refused))
}

/// Returns a visit that begins.
pub fn visit(seed: u64, number: usize) -> Browser {
    Browser::new(mix(seed, number as u32), "load", now(), [1280, 720])
}

/// Returns a batch of `events` on one page of it.
pub fn batch(browser: &mut Browser, events: usize) -> String {
    let mut page = browser.page("/p/lamp", "Lamp", now());
    for number in 0..events as u64 {
        add(
            &mut page,
            number * 100,
            "add_to_cart",
            item("A1", "Lamp", 19.9),
        );
    }
    browser.body(vec![page], now())
}

/// Returns the time of day.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Millis(since.unwrap_or_default().as_millis() as u64)
}
