//! Why the collector cannot start or cannot answer.

use std::{fmt, io, net::SocketAddr, path::PathBuf};

/// Why the collector cannot start or cannot answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The database's folder cannot be made.
    Folder(PathBuf, io::Error),
    /// The database cannot be opened or written.
    Database(PathBuf, rusqlite::Error),
    /// The file may only be read.
    ReadOnly(PathBuf),
    /// The file is a database of another program.
    Foreign(PathBuf),
    /// The database was written by a newer collector.
    Newer(PathBuf, i64),
    /// What is to be served is not there.
    Serve(PathBuf),
    /// The operating system refused a thread, a signal or a connection.
    System(io::Error),
    /// A statement failed.
    Query(rusqlite::Error),
    /// The disk or the database's bound refuses what is to be written.
    Unwritable(String),
    /// As many batches wait for the disk as may.
    Full,
    /// The collector is stopping.
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(
                out,
                "cannot listen on {address}: {error}; give another with --listen, or end what listens there"
            ),
            Self::Folder(path, error) => write!(
                out,
                "cannot make the folder {}: {error}; give another file with --db",
                path.display()
            ),
            Self::Database(path, error) => write!(
                out,
                "cannot use the database {}: {error}; give a writable file with --db",
                path.display()
            ),
            Self::ReadOnly(path) => write!(
                out,
                "the database {} may only be read; let this user write it, or give another file with --db",
                path.display()
            ),
            Self::Foreign(path) => write!(
                out,
                "{} is a database of another program; give another file with --db",
                path.display()
            ),
            Self::Newer(path, version) => write!(
                out,
                "{} has schema version {version}, newer than this collector knows; update the collector",
                path.display()
            ),
            Self::Serve(path) => write!(
                out,
                "there is nothing to serve at {}; build it first, or mend --serve",
                path.display()
            ),
            Self::System(error) => write!(out, "the operating system refused: {error}"),
            Self::Query(error) => write!(out, "the database failed: {error}"),
            Self::Unwritable(error) => write!(
                out,
                "the database cannot be written: {error}; make room on its disk or mend it, and send this again later"
            ),
            Self::Full => out.write_str(
                "as many batches wait for the disk as may; send this again later, or raise --max-queue or --max-queue-bytes",
            ),
            Self::Stopped => out.write_str("the collector is stopping; send this again later"),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Query(error)
    }
}
