//! Posts a number of events to a new collector, and says at each tenth how many are stored, and what it holds in memory.

use std::{
    fs, io,
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    client::Client,
    measure::{BATCHES_OF_VISIT, batch, visit},
    server::Server,
};

/// Events a batch: a busy page.
const EVENTS: usize = 10;
/// Steps that are told.
const STEPS: usize = 10;
/// Pause between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(20);

/// Posts `events`, told line by line; fails where fewer or more are stored in the end.
pub fn soak(events: usize, connections: usize) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let db = folder.path().join("spoor.db");
    let server = Server::start(&db)?;
    let batches = events.div_ceil(EVENTS);
    let (begun, acknowledged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let since = Instant::now();
    println!("| acknowledged | stored | s | memory MB | at most MB | file MB |");
    println!("|---:|---:|---:|---:|---:|---:|");
    thread::scope(|scope| {
        let posting: Vec<_> = (0..connections)
            .map(|number| {
                let (to, begun, acknowledged) = (server.address, &begun, &acknowledged);
                scope.spawn(move || post(to, number as u64, batches, begun, acknowledged))
            })
            .collect();
        for step in 1..=STEPS {
            while acknowledged.load(Ordering::Relaxed) < batches * step / STEPS {
                // They end at the end, else by a fault, which is told then.
                if posting.iter().all(thread::ScopedJoinHandle::is_finished) {
                    break;
                }
                thread::sleep(LOOK);
            }
            let done = acknowledged.load(Ordering::Relaxed) * EVENTS;
            let (now, most) = server.memory_mb().unwrap_or((f64::NAN, f64::NAN));
            let bytes = fs::metadata(&db)?.len() as f64;
            println!(
                "| {done} | {} | {:.0} | {now:.1} | {most:.1} | {:.0} |",
                stored(&db)?,
                since.elapsed().as_secs_f64(),
                bytes / 1024.0 / 1024.0
            );
        }
        posting.into_iter().try_for_each(|thread| {
            let done = thread.join();
            done.map_err(|_| io::Error::other("a connection failed"))?
        })
    })?;
    let (sent, stored) = (batches * EVENTS, stored(&db)?);
    if stored != sent as i64 {
        return Err(io::Error::other(format!(
            "{sent} were acknowledged, {stored} are stored"
        )));
    }
    Ok(format!("\nall {sent} events are stored, each once"))
}

fn post(
    to: SocketAddr,
    seed: u64,
    batches: usize,
    begun: &AtomicUsize,
    acknowledged: &AtomicUsize,
) -> io::Result<()> {
    let mut client = Client::connect(to)?;
    let mut browser = visit(seed, 0);
    let mut number = 0;
    while begun.fetch_add(1, Ordering::Relaxed) < batches {
        number += 1;
        if number % BATCHES_OF_VISIT == 0 {
            browser = visit(seed, number);
        }
        client.post_until_taken(&batch(&mut browser, EVENTS))?;
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

fn stored(db: &Path) -> io::Result<i64> {
    let file = Connection::open_with_flags(db, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let count = "SELECT count(*) FROM events";
    file.and_then(|file| file.query_row(count, [], |row| row.get(0)))
        .map_err(io::Error::other)
}
