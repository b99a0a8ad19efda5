//! Asks a collector that has many points of heatmaps, and says how large its file is and how long its answers take.

use std::{
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::{
    client::Client,
    heat::{BUSY, SITE, fill},
    measure::now,
    server::Server,
};

/// Times that each report is asked for, one after the other.
const TIMES: usize = 7;
const MONTH_MS: u64 = 30 * 24 * 3600 * 1000;
/// What is asked of the busy page.
const ASKED: [(&str, &str); 12] = [
    ("clicks", "heatmap"),
    ("clicks on phones", "heatmap&device=phone"),
    ("clicks of buyers' visits", "heatmap&converted=yes"),
    ("clicks, 100,000 told", "heatmap&limit=100000"),
    ("moves", "heatmap&kind=move"),
    ("moves on desktops", "heatmap&kind=move&device=desktop"),
    ("moves by mouse", "heatmap&kind=move&pointer=mouse"),
    ("moves of buyers' visits", "heatmap&kind=move&converted=yes"),
    ("moves of a campaign", "heatmap&kind=move&campaign=spring"),
    ("moves of a variant", "heatmap&kind=move&variant=bold"),
    ("moves in a grid", "heatmap&kind=move&grid=16&min=5"),
    ("attention", "attention"),
];

/// Fills the file `db`, or a new one that is gone afterwards, with this many points, and asks; returns the table.
pub fn measure(
    points: u64,
    db: Option<PathBuf>,
    connections: usize,
    seed: u64,
) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let db = db.unwrap_or_else(|| folder.path().join("spoor.db"));
    let is_there = db.exists();
    let server = Server::start(&db)?;
    if !is_there {
        let began = Instant::now();
        fill(server.address, points, connections, seed)?;
        println!("filled in {:.0} s", began.elapsed().as_secs_f64());
    }
    println!("{}\n", size(&db)?);
    println!("| of the busy page, one month | points | answer KB | median ms | slowest ms |");
    println!("|---|---:|---:|---:|---:|");
    let mut client = Client::connect(server.address)?;
    let since = now().0 - MONTH_MS;
    for (name, asked) in ASKED {
        let (report, more) = asked.split_once('&').unwrap_or((asked, ""));
        let path = format!("/api/{report}?site={SITE}&path={BUSY}&from={since}&{more}");
        println!("| {name} | {}", row(&mut client, &path)?);
    }
    let pages = format!("/api/pages?site={SITE}&from={since}");
    println!("| all pages, `/api/pages` | {}", row(&mut client, &pages)?);
    let mut told = String::new();
    if let Some((now, most)) = server.memory_mb() {
        write!(
            told,
            "\nmemory of the collector: {now:.0} MB at the end, {most:.0} MB at most"
        )
        .map_err(io::Error::other)?;
    }
    Ok(told)
}

/// Returns the rest of a row of the table.
fn row(client: &mut Client, path: &str) -> io::Result<String> {
    let mut took = Vec::new();
    let mut answer = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        answer = client.get(path)?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let ms = |index: usize| {
        took.get(index)
            .map(Duration::as_secs_f64)
            .unwrap_or_default()
            * 1000.0
    };
    let told: Value = serde_json::from_slice(&answer)?;
    let elements = told["elements"].as_array();
    let points = elements.map_or("-".to_owned(), |elements| {
        let points = elements
            .iter()
            .filter_map(|element| element["points"].as_u64());
        points.sum::<u64>().to_string()
    });
    Ok(format!(
        "{points} | {} | {:.0} | {:.0} |",
        answer.len() / 1024,
        ms(TIMES / 2),
        ms(TIMES - 1)
    ))
}

/// Returns how large the file is, and what it holds.
fn size(db: &Path) -> io::Result<String> {
    let bytes = fs::metadata(db)?.len();
    let file = Connection::open_with_flags(db, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let mut counts = [0i64; 6];
    let counted = file.and_then(|file| {
        file.query_row(
            "SELECT sum(clicks + moves + hovers + rages + dead), count(*), sum(length(data)),
                (SELECT count(*) FROM pages), (SELECT count(*) FROM sessions), (SELECT count(*) FROM events)
             FROM heat",
            [],
            |row| {
                let mut places = counts.iter_mut().enumerate();
                places.try_for_each(|(index, count)| {
 *count = row.get(index)?;
 Ok(())
 })
            },
        )
    });
    counted.map_err(io::Error::other)?;
    let [points, chunks, packed, views, visits, events] = counts;
    Ok(format!(
        "{points} points in {chunks} chunks, {views} views, {visits} visits, {events} events; the file has {} MB: {:.1} bytes a \
         point, {:.1} of them chunks",
        bytes / 1_000_000,
        bytes as f64 / points as f64,
        packed as f64 / points as f64
    ))
}
