//! The binary in a process of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

/// A collector that says nothing for this long has failed the test.
const SILENCE: Duration = Duration::from_secs(30);

fn collector(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spoor-collector"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A running collector; ends with the test, also where the test fails.
pub struct Running {
    pub child: Child,
    pub port: u16,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts one over the file `db`.
    pub fn start(db: &str, more: &[&str]) -> Self {
        let mut arguments = vec!["--listen", "127.0.0.1:0", "--db", db];
        arguments.extend(more);
        let mut child = collector(&arguments).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line
            .strip_prefix("listening on http://127.0.0.1:")
            .unwrap_or_else(|| panic!("{line}"));
        let port = port.trim_end().parse().unwrap();
        Self { child, port }
    }

    /// Opens a connection to it.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(SILENCE)).unwrap();
        stream
    }

    /// Posts a batch; returns the whole answer.
    pub fn post(&self, body: &str) -> String {
        let length = body.len();
        self.ask(&format!(
            "POST /collect HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Returns the whole answer for what is at `path`.
    pub fn get(&self, path: &str) -> String {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        ))
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it by a signal; returns its exit code.
    #[cfg(unix)]
    pub fn stop(mut self, signal: &str) -> i32 {
        let id = self.child.id().to_string();
        Command::new("kill").args([signal, &id]).status().unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

/// Runs one to its end.
pub fn run(arguments: &[&str]) -> Output {
    collector(arguments).output().unwrap()
}
