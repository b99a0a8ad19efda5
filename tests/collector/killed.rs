//! The collector ended again and again while browsers send: what it acknowledged is there, once.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering::SeqCst},
    thread,
    time::{Duration, Instant},
};

use spoor::{id::Id, value::Value};

use crate::{
    envelope::{Browser, click, event, now},
    process::Running,
    shop::db,
};

const SENDERS: u64 = 6;
/// Batches that are acknowledged between two ends at least: enough that the log is folded into the file now and then.
const BATCHES: usize = 60;
/// Whoever needs longer than this for one batch hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the senders see of the collector, and the test of the senders.
#[derive(Default)]
struct Shared {
    /// 0 while it is down.
    port: AtomicU16,
    acknowledged: AtomicUsize,
    done: AtomicBool,
}

/// What a page was acknowledged: how many events.
type Acknowledged = HashMap<[u8; 16], i64>;

/// Sends batches until the end, each until it is acknowledged.
fn send(seed: u64, shared: &Shared) -> Acknowledged {
    let mut acknowledged = Acknowledged::new();
    let mut browser = Browser::new(seed, "demo", now());
    while !shared.done.load(SeqCst) {
        let mut page = browser.page("/p/lamp", now());
        let events = 1 + acknowledged.len() as u32 % 5;
        page.events = (1..=events).map(|seq| event(seq, "share")).collect();
        page.heat = vec![click(events + 1, "#add")];
        let id: Id = page.id;
        let mut envelope = browser.envelope(vec![page], now());
        envelope.losses = vec![("queue_full".to_owned(), Value::Num(1.0))];
        let body = envelope.to_json();
        let began = Instant::now();
        while post(shared.port.load(SeqCst), &body).ok() != Some(200) {
            assert!(began.elapsed() < PATIENCE, "not acknowledged");
            thread::sleep(Duration::from_millis(1));
        }
        acknowledged.insert(id.to_bits().to_be_bytes(), i64::from(events));
        shared.acknowledged.fetch_add(1, SeqCst);
    }
    acknowledged
}

/// Returns the status, once the whole answer is there.
fn post(port: u16, body: &str) -> io::Result<u16> {
    let to = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&to, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "POST /collect HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let mut rest = String::new();
    answer.read_to_string(&mut rest)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    status.ok_or_else(|| io::Error::other("no answer"))
}

/// Ends the collector `times` by `end` while it is sent to, then checks what it kept.
fn survives(times: usize, end: impl Fn(Running)) {
    let folder = tempfile::tempdir().unwrap();
    let db = db(folder.path());
    let start = || Running::start(db.to_str().unwrap(), &["--max-per-address", "0"]);
    let shared = Shared::default();
    let acknowledged = thread::scope(|scope| {
        // Ends the senders also where an assertion fails.
        let ending = Ending(&shared.done);
        let senders: Vec<_> = (0..SENDERS)
            .map(|seed| {
                let shared = &shared;
                scope.spawn(move || send(seed, shared))
            })
            .collect();
        for round in 0..times {
            let running = start();
            let before = shared.acknowledged.load(SeqCst);
            shared.port.store(running.port, SeqCst);
            wait_until(|| shared.acknowledged.load(SeqCst) >= before + BATCHES);
            // At each point of a batch's way once.
            thread::sleep(Duration::from_micros(37 * round as u64));
            end(running);
        }
        let last = start();
        shared.port.store(last.port, SeqCst);
        drop(ending);
        let all: Acknowledged = senders
            .into_iter()
            .flat_map(|sender| sender.join().unwrap())
            .collect();
        assert_eq!(last.stop("-TERM"), 0);
        all
    });
    assert!(acknowledged.len() >= times * BATCHES);
    check(&db, &acknowledged);
}

struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

fn wait_until(done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < PATIENCE, "nothing is acknowledged");
        thread::sleep(Duration::from_micros(200));
    }
}

/// Each page that was acknowledged has its events, its point and its loss once; nothing else is there, as whoever sent it
/// sent it until it was acknowledged.
fn check(db: &Path, acknowledged: &Acknowledged) {
    let file = rusqlite::Connection::open(db).unwrap();
    let text = |sql: &str| file.query_row(sql, [], |row| row.get::<_, String>(0));
    assert_eq!(text("PRAGMA integrity_check").unwrap(), "ok");
    let mut statement = file
        .prepare(
            "SELECT uuid, (SELECT count(*) FROM events WHERE page = pages.id),
                (SELECT sum(clicks) FROM heat WHERE page = pages.id) FROM pages",
        )
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))));
    let stored: Vec<([u8; 16], (i64, i64))> = rows.unwrap().map(Result::unwrap).collect();
    assert_eq!(stored.len(), acknowledged.len());
    let stored: HashMap<_, _> = stored.into_iter().collect();
    for (page, events) in acknowledged {
        assert_eq!(stored.get(page), Some(&(*events, 1)), "{page:?}");
    }
    let losses = file.query_row("SELECT sum(count) FROM losses", [], |row| row.get(0));
    assert_eq!(losses, Ok(acknowledged.len() as i64));
}

#[test]
fn what_was_acknowledged_survives_a_hundred_kills_under_load() {
    survives(100, |mut running| {
        running.child.kill().unwrap();
        running.child.wait().unwrap();
    });
}

#[cfg(unix)]
#[test]
fn what_was_acknowledged_survives_restarts_under_load() {
    survives(10, |running| assert_eq!(running.stop("-TERM"), 0));
}
