//! The binary: how it starts, serves files, and stops.

use std::{
    fs,
    io::{Read, Write},
};

use axum::http::{Method, StatusCode};

use crate::{
    envelope::{Browser, now},
    process::{Running, run},
    shop::{Collector, db},
};

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_all_on_disk_and_the_log_folded_in() {
    for signal in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let db = db(folder.path());
        let running = Running::start(db.to_str().unwrap(), &[]);
        // A feed that never ends by itself must not hold it up.
        let mut feed = running.connect();
        write!(feed, "GET /api/live HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        let mut first = [0; 8];
        feed.read_exact(&mut first).unwrap();
        let body = Browser::new(1, "demo", now()).body(&["share"]);
        assert!(running.post(&body).starts_with("HTTP/1.1 200"));
        assert_eq!(running.stop(signal), 0, "{signal}");
        assert!(db.exists() && !db.with_extension("db-wal").exists());
        let again = Running::start(db.to_str().unwrap(), &[]);
        assert!(again.post(&body).contains("\"repeats\":1"));
    }
}

#[test]
fn what_was_answered_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let db = db(folder.path());
    let mut running = Running::start(db.to_str().unwrap(), &[]);
    let body = Browser::new(2, "demo", now()).body(&["share"]);
    assert!(running.post(&body).starts_with("HTTP/1.1 200"));
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    let again = Running::start(db.to_str().unwrap(), &[]);
    assert!(again.post(&body).contains("\"repeats\":1"));
}

#[test]
fn what_prevents_a_start_is_one_line_and_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let taken = Running::start(db(folder.path()).to_str().unwrap(), &[]);
    let address = format!("127.0.0.1:{}", taken.port);
    let other = folder.path().join("other.db");
    let other = other.to_str().unwrap();
    let text = folder.path().join("text");
    fs::write(&text, "text").unwrap();
    let below_text = text.join("spoor.db");
    for (arguments, said) in [
        (vec!["--listen", &address, "--db", other], "--listen"),
        (
            vec![
                "--listen",
                "127.0.0.1:0",
                "--db",
                below_text.to_str().unwrap(),
            ],
            "--db",
        ),
        (
            vec!["--listen", "127.0.0.1:0", "--db", "/proc/spoor.db"],
            "--db",
        ),
        (
            vec![
                "--listen",
                "127.0.0.1:0",
                "--db",
                other,
                "--serve",
                "/x=/nowhere",
            ],
            "--serve",
        ),
    ] {
        let output = run(&arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?} {error}");
        assert!(error.contains(said), "{error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_explains_every_option_with_its_default() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for option in [
        "--listen",
        "--db",
        "--allow-origin",
        "--serve",
        "--max-body-bytes",
        "--max-queue ",
        "--max-queue-bytes",
        "--max-db-bytes",
        "--max-per-address",
        "--max-per-origin",
        "--trust-proxy",
        "--max-connections",
        "--client-timeout",
    ] {
        let rest = help.split(option).nth(1).unwrap_or_default();
        assert!(rest.contains("[default: "), "{option}: {help}");
    }
}

#[tokio::test]
async fn files_are_served_under_the_longest_prefix() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir_all(at("shop/cart")).unwrap();
    fs::create_dir_all(at("dist")).unwrap();
    for (name, text) in [
        ("shop/index.html", "shop"),
        ("shop/cart/index.html", "cart"),
        ("shop/film.webm", "0123456789"),
        ("dist/spoor.wasm", "wasm"),
        ("dist/spoor.js", "script"),
        ("vendor.mjs", "vendor"),
        ("secret", "secret"),
    ] {
        fs::write(at(name), text).unwrap();
    }
    let serve = [
        format!("/={}", at("dist")),
        format!("/shop={}", at("shop")),
        format!("/shop/vendor.js={}", at("vendor.mjs")),
    ];
    let collector = Collector::with(&[
        "--serve", &serve[0], "--serve", &serve[1], "--serve", &serve[2],
    ]);
    for (path, status, kind, body) in [
        ("/shop/", 200, "text/html", "shop"),
        ("/shop/cart/", 200, "text/html", "cart"),
        ("/shop/vendor.js", 200, "application/javascript", "vendor"),
        ("/spoor.wasm", 200, "application/wasm", "wasm"),
        ("/spoor.js", 200, "text/javascript", "script"),
        ("/shop/film.webm", 200, "video/webm", "0123456789"),
        ("/shopping", 404, "application/json", ""),
        ("/shop/nothing", 404, "application/json", ""),
        ("/shop/../secret", 404, "application/json", ""),
        ("/shop/%2e%2e/secret", 404, "application/json", ""),
        ("//secret", 404, "application/json", ""),
    ] {
        let answer = collector.request(Method::GET, path, &[], "").await;
        assert_eq!(answer.status, status, "{path}");
        let told = answer.headers["content-type"].to_str().unwrap();
        assert!(told.starts_with(kind), "{path}: {told}");
        if status == 200 {
            assert_eq!(answer.bytes, body.as_bytes(), "{path}");
        }
    }
    for (path, to) in [("/shop", "/shop/"), ("/shop/cart", "/shop/cart/")] {
        let answer = collector.request(Method::GET, path, &[], "").await;
        assert!(answer.status.is_redirection(), "{path}");
        assert_eq!(answer.headers["location"], to);
    }
    let range = [("range", "bytes=2-4")];
    let answer = collector
        .request(Method::GET, "/shop/film.webm", &range, "")
        .await;
    assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.headers["content-range"], "bytes 2-4/10");
    assert_eq!(answer.bytes, b"234");
    let answer = collector
        .request(Method::POST, "/shop/film.webm", &[], "")
        .await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}
