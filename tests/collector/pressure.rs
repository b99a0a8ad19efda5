//! Senders that ask too much: too often, too long, too slowly, too many.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};

use crate::{
    envelope::{Browser, now},
    process::Running,
    shop::{Answer, Collector, db},
};

/// Requests after which a limit of one a second has been met: none takes a second for each.
const MANY: usize = 300;

/// Whatever takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Posts a batch from an address, with headers.
async fn post(collector: &Collector, peer: &str, headers: &[(&str, &str)]) -> Answer {
    let peer: SocketAddr = peer.parse().unwrap();
    let mut request = Request::post("/collect").extension(ConnectInfo(peer));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Browser::new(1, "demo", now()).body(&["share"]);
    collector.ask(request.body(Body::from(body)).unwrap()).await
}

/// Posts until that is too much, and returns the answer that says so.
async fn exhaust(collector: &Collector, peer: &str, headers: &[(&str, &str)]) -> Option<Answer> {
    for _ in 0..MANY {
        let answer = post(collector, peer, headers).await;
        if answer.status != StatusCode::OK {
            return Some(answer);
        }
    }
    None
}

fn assert_too_many(answer: Option<Answer>, field: &str, remedy: &str) {
    let answer = answer.expect("the limit is met");
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers["retry-after"], "1");
    let told = answer.json();
    assert_eq!(told["field"], field);
    assert!(told["error"].as_str().unwrap().contains(remedy), "{told}");
}

#[tokio::test]
async fn one_address_may_send_so_many_a_second() {
    let collector = Collector::with(&["--max-per-address", "1"]);
    // Whatever the sender says of itself.
    let forwarded = [("x-forwarded-for", "203.0.113.5")];
    let answer = exhaust(&collector, "192.0.2.1:1", &forwarded).await;
    assert_too_many(answer, "address", "--trust-proxy");
    for (peer, status) in [
        ("192.0.2.2:1", StatusCode::OK),
        ("[2001:db8::1]:1", StatusCode::OK),
        ("[2001:db8:0:1::1]:1", StatusCode::OK),
    ] {
        assert_eq!(post(&collector, peer, &[]).await.status, status, "{peer}");
    }
    // One customer of a network, by another address each time.
    for number in 0..MANY {
        let peer = format!("[2001:db8:0:2::{number:x}]:1");
        let answer = post(&collector, &peer, &[]).await;
        if answer.status != StatusCode::OK {
            return assert_too_many(Some(answer), "address", "--max-per-address");
        }
    }
    panic!("each address has a limit of its own");
}

#[tokio::test]
async fn behind_a_trusted_proxy_an_address_is_what_it_says() {
    let collector = Collector::with(&["--max-per-address", "1", "--trust-proxy"]);
    for last in 1..100 {
        let hops = format!("203.0.113.5, 192.0.2.{last}");
        let answer = post(&collector, "127.0.0.1:1", &[("x-forwarded-for", &hops)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{hops}");
    }
    let hops = [("x-forwarded-for", "198.51.100.7, 192.0.2.200")];
    let answer = exhaust(&collector, "127.0.0.1:1", &hops).await;
    assert_too_many(answer, "address", "--max-per-address");
}

#[tokio::test]
async fn the_pages_of_one_origin_may_send_so_many_a_second() {
    let bounds = ["--max-per-origin", "1", "--allow-origin", "*"];
    let collector = Collector::with(&bounds);
    let origin = [("origin", "https://a.example")];
    let answer = exhaust(&collector, "192.0.2.1:1", &origin).await;
    let headers = answer.as_ref().map(|answer| &answer.headers);
    let readable = headers.and_then(|headers| headers.get("access-control-allow-origin"));
    assert_eq!(readable.unwrap(), "https://a.example");
    assert_too_many(answer, "origin", "--max-per-origin");
    let other = [("origin", "https://b.example")];
    for headers in [&other[..], &[]] {
        let answer = post(&collector, "192.0.2.1:1", headers).await;
        assert_eq!(answer.status, StatusCode::OK, "{headers:?}");
    }
}

#[tokio::test]
async fn a_limit_of_0_is_none() {
    let bounds = ["--max-per-origin", "0", "--max-per-address", "0"];
    let collector = Collector::with(&[&bounds[..], &["--allow-origin", "*"]].concat());
    let origin = [("origin", "https://a.example")];
    assert!(exhaust(&collector, "192.0.2.1:1", &origin).await.is_none());
}

fn start(folder: &tempfile::TempDir, options: &[&str]) -> Running {
    Running::start(db(folder.path()).to_str().unwrap(), options)
}

fn answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{error}"),
    }
    String::from_utf8(answer).unwrap()
}

fn assert_works(running: &Running) {
    let body = Browser::new(1, "demo", now()).body(&["share"]);
    let answer = running.post(&body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn slow_clients_are_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(&folder, &["--client-timeout", "1"]);
    for head in [
        "",
        "POST /collect HTT",
        "POST /collect HTTP/1.1\r\nhost: x\r\n",
    ] {
        let mut stream = running.connect();
        stream.write_all(head.as_bytes()).unwrap();
        assert_eq!(answer(&mut stream), "", "{head:?}");
    }
    // A byte now and then is not enough: the whole body has the time.
    let mut stream = running.connect();
    let head = "POST /collect HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut drip = stream.try_clone().unwrap();
    let dripping = thread::spawn(move || {
        while drip.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    let answer = answer(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("--client-timeout"), "{answer}");
    dripping.join().unwrap();
    assert_works(&running);
}

#[test]
fn a_client_that_does_not_read_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film");
    // More than the system keeps for a connection.
    File::create(&film).unwrap().set_len(256 << 20).unwrap();
    let serve = format!("/film={}", film.display());
    let bounds = ["--client-timeout", "1", "--max-connections", "1"];
    let running = start(&folder, &[&bounds[..], &["--serve", &serve]].concat());
    let mut stalled = running.connect();
    stalled
        .write_all(b"GET /film HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    let mut first = [0; 1];
    stalled.read_exact(&mut first).unwrap();
    wait_until(|| running.get("/health").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_long_body_is_refused_before_it_is_there_and_the_refusal_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(&folder, &[]);
    let part = [b' '; 1 << 16];
    for (coding, sent) in [
        // Told and not sent; begun; sent without a look at the answer; not told.
        ("content-length: 1000000000", 0),
        ("content-length: 1000000000", 1 << 20),
        ("content-length: 3145728", 3 << 20),
        ("transfer-encoding: chunked", 2 << 20),
    ] {
        let mut stream = running.connect();
        write!(
            stream,
            "POST /collect HTTP/1.1\r\nhost: x\r\n{coding}\r\n\r\n"
        )
        .unwrap();
        let chunked = coding.contains("chunked");
        for _ in 0..sent / part.len() {
            if chunked {
                write!(stream, "{:x}\r\n", part.len()).unwrap();
            }
            stream.write_all(&part).unwrap();
            if chunked {
                stream.write_all(b"\r\n").unwrap();
            }
        }
        let answer = answer(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 413"), "{coding}: {answer}");
        assert!(answer.contains("--max-body-bytes"), "{coding}: {answer}");
    }
    // Whoever is still sending may do so for a moment: a connection that breaks would hide the answer.
    assert!((0..20).any(|_| sends_on(&running)));
    let mut stream = running.connect();
    let long = "x".repeat(40_000);
    write!(
        stream,
        "GET /health HTTP/1.1\r\nhost: x\r\nx: {long}\r\n\r\n"
    )
    .unwrap();
    let answer = answer(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_works(&running);
}

/// Tells whether a client may send on after it was refused.
fn sends_on(running: &Running) -> bool {
    let mut stream = running.connect();
    let head = "POST /collect HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(stream.peek(&mut [0]).unwrap(), 1);
    (0..3).all(|_| {
        thread::sleep(Duration::from_millis(50));
        stream.write_all(&[b' '; 1 << 16]).is_ok()
    })
}

#[test]
fn connections_beyond_the_bound_are_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(&folder, &["--max-connections", "2"]);
    let ask = |stream: &mut TcpStream| {
        let head = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
    };
    // One stays open after its answer, as there is another for others.
    let mut first = running.connect();
    ask(&mut first);
    let mut begun = [0; 12];
    first.read_exact(&mut begun).unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200");
    // The last ends with its answer.
    let mut last = running.connect();
    ask(&mut last);
    let told = answer(&mut last);
    assert!(told.contains("\r\nconnection: close\r\n"), "{told}");
    drop(last);

    // Until the last has been said goodbye to, a further one may be refused instead of held.
    let mut held = None;
    let mut refused = String::new();
    wait_until(|| {
        drop(held.take());
        held = Some(running.connect());
        refused = running.get("/health");
        refused.starts_with("HTTP/1.1 503")
    });
    assert!(refused.contains("\r\nretry-after: 1\r\n"), "{refused}");
    assert!(refused.contains("--max-connections"), "{refused}");
    drop(first);
    wait_until(|| running.get("/health").starts_with("HTTP/1.1 200"));
}

fn wait_until(mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < PATIENCE, "it does not come to that");
        thread::sleep(Duration::from_millis(20));
    }
}
