//! The smallest HTTP client that can post and get: one connection, one request at a time.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::Duration,
};

/// A collector that does not answer for this long has failed the test.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Pause before a batch that was too much is sent again: what the collector says in `Retry-After`.
const LATER: Duration = Duration::from_secs(1);

/// A connection to the collector.
pub struct Client {
    stream: BufReader<TcpStream>,
    request: Vec<u8>,
}

impl Client {
    /// Connects.
    pub fn connect(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&to, TIMEOUT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Self {
            stream: BufReader::new(stream),
            request: Vec::new(),
        })
    }

    /// Posts a batch; returns the status.
    pub fn post(&mut self, body: &str) -> io::Result<u16> {
        self.request.clear();
        write!(
            self.request,
            "POST /collect HTTP/1.1\r\nhost: collector\r\ncontent-type: text/plain;charset=UTF-8\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )?;
        self.stream.get_mut().write_all(&self.request)?;
        Ok(self.answer()?.0)
    }

    /// Returns what is at `path`.
    pub fn get(&mut self, path: &str) -> io::Result<Vec<u8>> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: collector\r\n\r\n").as_bytes())?;
        match self.answer()? {
            (200, body) => Ok(body),
            (status, body) => Err(io::Error::other(format!(
                "{path}: answered {status} {}",
                String::from_utf8_lossy(&body)
            ))),
        }
    }

    /// Posts a batch, again where the collector asks to come later.
    pub fn post_until_taken(&mut self, body: &str) -> io::Result<()> {
        loop {
            match self.post(body)? {
                200 => return Ok(()),
                429 => thread::sleep(LATER),
                status => return Err(io::Error::other(format!("answered {status} to {body}"))),
            }
        }
    }

    fn answer(&mut self) -> io::Result<(u16, Vec<u8>)> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no answer: {line:?}")))?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut body = Vec::new();
        (&mut self.stream).take(length).read_to_end(&mut body)?;
        Ok((status, body))
    }
}
