//! What `spoor-collector` is told when it starts.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::Parser;

use super::origins::Origin;

/// Takes spoor's batches, keeps them in SQLite, and shows reports on them.
#[derive(Clone, Debug, Parser)]
#[command(name = "spoor-collector", version, about)]
pub struct Options {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,

    /// SQLite file that holds everything; made with its folder where it does not exist
    #[arg(long, value_name = "FILE", default_value = "data/spoor.db")]
    pub db: PathBuf,

    /// Origin of a shop whose pages may post here, and read heatmaps for the overlay, such as `https://shop.example`; repeatable. `*`
    /// allows any to post.
    /// Pages from the collector's own origin always may [default: none]
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<Origin>,

    /// Serves a folder or a file under a path, such as /reports=www/reports; repeatable, the longest path wins
    /// [default: none]
    #[arg(long, value_name = "PREFIX=PATH")]
    pub serve: Vec<Mount>,

    /// Longest body that POST /collect reads; a longer one is answered 413
    #[arg(long, value_name = "BYTES", default_value_t = 256 * 1024)]
    pub max_body_bytes: usize,

    /// Batches that may wait for the disk; when as many wait, further ones are answered 429 with Retry-After
    #[arg(long, value_name = "BATCHES", default_value_t = 512, value_parser = at_least_one)]
    pub max_queue: usize,

    /// Bytes that all batches together may have that are worked on or wait for the disk; beyond them 429 with Retry-After
    #[arg(long, value_name = "BYTES", default_value_t = 16 * 1024 * 1024)]
    pub max_queue_bytes: usize,

    /// Batches a second from one address (of IPv6: one /64), and as many at once; more are answered 429. 0 sets no limit
    #[arg(long, value_name = "BATCHES", default_value_t = 200)]
    pub max_per_address: u32,

    /// Batches a second from the pages of one origin, and as many at once; more are answered 429. 0 sets no limit
    #[arg(long, value_name = "BATCHES", default_value_t = 2000)]
    pub max_per_origin: u32,

    /// Takes the sender's address from the last hop in X-Forwarded-For. For a collector that only a proxy reaches: others
    /// could write there what they like [default: off]
    #[arg(long)]
    pub trust_proxy: bool,

    /// Connections at one time; further ones are answered 503 with Retry-After
    #[arg(long, value_name = "NUMBER", default_value_t = 512, value_parser = at_least_one)]
    pub max_connections: usize,

    /// Time in which a client must send a request's headers, its body, and read on where it is sent something
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub client_timeout: u64,

    /// Size up to which the database may grow; what would exceed it is answered 503. 0 leaves it to the disk
    #[arg(long, value_name = "BYTES", default_value_t = 0)]
    pub max_db_bytes: u64,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("0 would refuse everything; give 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}

/// A folder or file, and the path under which it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// Begins with a slash, does not end with one; empty for the root.
    pub prefix: String,
    /// What is served there.
    pub path: PathBuf,
}

impl FromStr for Mount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((prefix, path)) if prefix.starts_with('/') && !path.is_empty() => Ok(Self {
                prefix: prefix.trim_end_matches('/').to_owned(),
                path: path.into(),
            }),
            _ => Err("give it as /prefix=path, such as /reports=www/reports".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_have_the_documented_defaults() {
        let options = Options::parse_from(["spoor-collector"]);
        assert_eq!(options.listen.to_string(), "127.0.0.1:8787");
        assert_eq!(options.db, PathBuf::from("data/spoor.db"));
        assert_eq!(options.max_body_bytes, 262_144);
    }

    #[test]
    fn what_cannot_be_served_is_refused_with_the_remedy() {
        for text in ["", "shop", "shop=www", "/shop", "/shop="] {
            let error = text.parse::<Mount>().unwrap_err();
            assert!(error.contains("/prefix=path"), "{text}: {error}");
        }
        let root = "/=dist".parse::<Mount>().unwrap();
        assert_eq!(root.prefix, "");
    }
}
