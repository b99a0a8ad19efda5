//! A disk that takes no more, and takes more again.

use axum::http::{Method, StatusCode};

use crate::{
    envelope::{Browser, now},
    shop::{Answer, Collector, db},
};

/// Events of a batch that needs some pages of the file.
const EVENTS: usize = 50;

fn assert_asks_to_come_again(answer: &Answer, said: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers["retry-after"], "10");
    let error = answer.json()["error"].as_str().unwrap().to_owned();
    assert!(
        error.contains(said) && error.contains("make room"),
        "{error}"
    );
}

#[tokio::test]
async fn a_full_file_is_answered_503_until_there_is_room() {
    let collector = Collector::with(&["--max-db-bytes", "400000"]);
    let mut browser = Browser::new(1, "demo", now());
    let mut stored = 0;
    let refused = loop {
        let answer = collector.post(browser.body(&["share"; EVENTS])).await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        stored += EVENTS;
        assert!(stored < 100_000, "it grows without bound");
    };
    assert_asks_to_come_again(&refused, "full");
    let health = || collector.request(Method::GET, "/health", &[], "");
    assert_asks_to_come_again(&health().await, "full");

    let file = rusqlite::Connection::open(db(collector.folder.path())).unwrap();
    let count = || file.query_row("SELECT count(*) FROM events", [], |row| row.get(0));
    assert_eq!(
        count(),
        Ok(stored as i64),
        "a batch is stored whole or not at all"
    );
    file.execute_batch("DELETE FROM events").unwrap();
    assert_eq!(health().await.status, StatusCode::OK);
    let answer = collector.post(browser.body(&["share"; EVENTS])).await;
    assert_eq!(answer.json()["stored"], EVENTS);
    assert_eq!(count(), Ok(EVENTS as i64));
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        fs,
        os::unix::fs::{MetadataExt, PermissionsExt},
        process::{Command, Stdio},
    };

    use super::{Browser, db, now};
    use crate::process::Running;

    /// Lets the process write files up to this size alone.
    fn limit(running: &Running, bytes: &str) {
        let done = Command::new("prlimit")
            .args(["--pid", &running.child.id().to_string()])
            .arg(format!("--fsize={bytes}:"))
            .status();
        assert!(done.unwrap().success());
    }

    #[test]
    fn a_disk_that_fails_is_answered_503_until_it_works() {
        let folder = tempfile::tempdir().unwrap();
        let db = db(folder.path());
        let running = Running::start(db.to_str().unwrap(), &[]);
        let mut browser = Browser::new(2, "demo", now());
        let before = browser.body(&["page_view"]);
        let during = browser.body(&["add_to_cart", "share"]);
        assert!(running.post(&before).starts_with("HTTP/1.1 200"));

        limit(&running, "1");
        for _ in 0..3 {
            let answer = running.post(&during);
            assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
            assert!(answer.contains("\r\nretry-after: 10\r\n"), "{answer}");
            assert!(answer.contains("cannot be written"), "{answer}");
        }
        assert!(running.get("/health").starts_with("HTTP/1.1 503"));
        let seen = running.get("/api/events?site=demo");
        assert!(seen.starts_with("HTTP/1.1 200"), "{seen}");

        limit(&running, "unlimited");
        // Nobody posts while a balancer hears that it is ill: it gets well without.
        let health = running.get("/health");
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
        let answer = running.post(&during);
        assert!(answer.contains(r#"{"stored":2,"repeats":0}"#), "{answer}");
        assert_eq!(running.stop("-TERM"), 0);

        let file = rusqlite::Connection::open(&db).unwrap();
        let whole: String = file
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(whole, "ok");
        let count = file.query_row("SELECT count(*) FROM events", [], |row| row.get(0));
        assert_eq!(count, Ok(3));
    }

    #[test]
    fn a_file_that_may_only_be_read_prevents_a_start() {
        let folder = tempfile::tempdir().unwrap();
        let db = db(folder.path());
        let running = Running::start(db.to_str().unwrap(), &[]);
        assert_eq!(running.stop("-TERM"), 0);
        let set = |path: &std::path::Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        set(&db, 0o444);
        set(folder.path(), 0o755);
        let program = folder.path().join("spoor-collector");
        fs::copy(env!("CARGO_BIN_EXE_spoor-collector"), &program).unwrap();
        // Where it starts after all, it is ended.
        let mut command = Command::new("timeout");
        command.arg("20").arg(&program);
        if fs::metadata(folder.path()).unwrap().uid() == 0 {
            use std::os::unix::process::CommandExt;
            // Nobody: permissions do not hold for root.
            command.uid(65534).gid(65534);
            set(db.parent().unwrap(), 0o777);
        }
        let output = command
            .args(["--listen", "127.0.0.1:0", "--db"])
            .arg(&db)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(
            error.contains("may only be read") && error.contains("--db"),
            "{error}"
        );
    }
}
