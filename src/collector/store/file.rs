//! The file as the writer has it: changes it whole or not at all, tells a disk that refuses from a batch at fault, and
//! opens the file anew where the connection is of no use any more.

use std::path::PathBuf;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::schema;
use crate::collector::Error;

/// Prepared statements kept per connection: as many as there are.
const STATEMENTS: usize = 64;

/// The file, open for writing.
pub struct File {
    path: PathBuf,
    max_bytes: u64,
    connection: Connection,
    /// Whether the connection may go on failing after the disk works again.
    suspect: bool,
}

impl File {
    /// Opens the file at `path`, made where it does not exist, which may grow to `max_bytes`; 0 sets no bound.
    ///
    /// # Errors
    /// Where it cannot be made or written, or is not a database of this version of the collector.
    pub fn open(path: PathBuf, max_bytes: u64) -> Result<Self, Error> {
        let connection = schema::open(&path)?;
        let file = Self {
            path,
            max_bytes,
            connection,
            suspect: false,
        };
        let failed = |error| Error::Database(file.path.clone(), error);
        file.bound(&file.connection).map_err(failed)?;
        // A file that may not be written opens for reading without a word.
        if file.connection.is_readonly("main").map_err(failed)? {
            return Err(Error::ReadOnly(file.path));
        }
        Ok(file)
    }

    /// Returns the row of the newest event.
    pub fn newest(&self) -> Result<i64, Error> {
        let newest = "SELECT ifnull(max(id), 0) FROM events";
        Ok(self.connection.query_row(newest, [], |row| row.get(0))?)
    }

    /// Makes the change that `work` makes; it is on disk when this returns.
    ///
    /// # Errors
    /// [`Error::Unwritable`] where the disk refuses, [`Error::Query`] where what was to be written is at fault.
    pub fn change<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        if self.suspect
            && let Ok(connection) = self.reopen()
        {
            self.connection = connection;
        }
        let done = commit(&mut self.connection, work);
        self.suspect = done.as_ref().is_err_and(is_lost);
        done.map_err(|error| {
            if is_of_batch(&error) {
                Error::Query(error)
            } else {
                Error::Unwritable(error.to_string())
            }
        })
    }

    /// Tells whether the file may be changed, and grow by as much as a batch may need.
    pub fn try_room(&mut self) -> Result<(), Error> {
        self.change(|to| {
            to.execute_batch(
                "CREATE TABLE room (x); INSERT INTO room VALUES (zeroblob(65536)); DROP TABLE room",
            )
        })
    }

    /// Folds the log into the file.
    pub fn fold(&self) {
        // Fails where a reader still reads; the log then stays, and is read at the next start.
        let _ = self
            .connection
            .pragma_update(None, "wal_checkpoint", "TRUNCATE");
    }

    fn reopen(&self) -> rusqlite::Result<Connection> {
        let connection = schema::reopen(&self.path)?;
        self.bound(&connection)?;
        Ok(connection)
    }

    fn bound(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if self.max_bytes == 0 {
            return Ok(());
        }
        let page_bytes: u64 =
            connection.pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0))? as u64;
        let pages = (self.max_bytes / page_bytes).clamp(1, u64::from(u32::MAX - 1));
        connection.pragma_update(None, "max_page_count", pages as i64)
    }
}

fn commit<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&change)?;
    change.commit()?;
    Ok(done)
}

/// Tells whether another batch would have been written.
fn is_of_batch(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(
            code,
            ErrorCode::ConstraintViolation
                | ErrorCode::TooBig
                | ErrorCode::TypeMismatch
                | ErrorCode::ParameterOutOfRange
        ),
        None => true,
    }
}

/// Tells whether a connection that failed so may go on failing after the disk works again: it may have opened the file for
/// reading alone, or hold one that is gone.
fn is_lost(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_only_reads_is_opened_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = File::open(folder.path().join("spoor.db"), 0).unwrap();
        let site = |to: &Connection| to.execute("INSERT INTO sites (name) VALUES ('demo')", []);
        let read_only = |file: &File| {
            file.connection
                .pragma_update(None, "query_only", true)
                .unwrap();
        };
        read_only(&file);
        let refused = file.change(site).unwrap_err();
        assert!(
            matches!(&refused, Error::Unwritable(why) if why.contains("readonly")),
            "{refused}"
        );
        assert_eq!(file.change(site).unwrap(), 1);
        let sync: i64 = file
            .change(|to| to.pragma_query_value(None, "synchronous", |row| row.get(0)))
            .unwrap();
        assert_eq!(sync, 2, "FULL, as before");
    }

    #[test]
    fn a_file_that_is_gone_is_not_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spoor.db");
        let file = File::open(path.clone(), 0).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(file.reopen().is_err());
        assert!(!path.exists());
    }

    #[test]
    fn a_batch_at_fault_is_told_from_a_disk_that_refuses() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = File::open(folder.path().join("spoor.db"), 0).unwrap();
        let twice = |to: &Connection| {
            to.execute_batch("INSERT INTO sites VALUES (1, 'a'); INSERT INTO sites VALUES (1, 'b')")
        };
        assert!(matches!(file.change(twice), Err(Error::Query(_))));
        let sites =
            file.change(|to| to.query_row("SELECT count(*) FROM sites", [], |row| row.get(0)));
        assert_eq!(sites.ok(), Some(0i64), "nothing of it was stored");
    }
}
