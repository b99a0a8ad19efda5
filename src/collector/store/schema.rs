//! Opens the database file and brings its schema up to date.

use std::{fs, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::chunks;
use crate::collector::Error;

/// "spor" in ASCII: tells the file from other programs' databases.
const APPLICATION_ID: i64 = 0x7370_6f72;
/// What is done in SQL, and behind it what SQL has no words for.
type Step = (
    &'static str,
    Option<fn(&Connection) -> rusqlite::Result<()>>,
);
/// Step n takes a database of schema version n to n + 1. A step that was released is never changed.
const STEPS: [Step; 4] = [
    (include_str!("001.sql"), None),
    (include_str!("002.sql"), None),
    (include_str!("003.sql"), Some(chunks::pack)),
    (include_str!("004.sql"), None),
];
/// Another process, such as a backup, may hold the file this long.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens the file for writing; makes it, and its folder, where they do not exist.
pub fn open(path: &Path) -> Result<Connection, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::Folder(folder.to_owned(), error))?;
    }
    let failed = |error| Error::Database(path.to_owned(), error);
    let mut connection = Connection::open(path).map_err(failed)?;
    settle(&connection).map_err(failed)?;
    let version = number(&connection, "user_version").map_err(failed)?;
    let application = number(&connection, "application_id").map_err(failed)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    if application != APPLICATION_ID && (tables > 0 || version > 0) {
        return Err(Error::Foreign(path.to_owned()));
    }
    let known = usize::try_from(version)
        .ok()
        .filter(|known| *known <= STEPS.len());
    let Some(known) = known else {
        return Err(Error::Newer(path.to_owned(), version));
    };
    prepare(&mut connection, known).map_err(failed)?;
    Ok(connection)
}

/// Opens the file, which [`open`] has opened before, for writing again. Makes none: where the disk is gone, an empty file in
/// its place would hide that.
pub fn reopen(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection)?;
    log(&connection)?;
    Ok(connection)
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // 8 MB of the file in memory: ids grow with time, so what is written lies beside what was written last. 64 MB are no
    // faster over a million events; the rest of the file is in the system's cache.
    connection.pragma_update(None, "cache_size", -8192)
}

fn log(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // In WAL mode FULL syncs the log at each commit: what was answered survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A log that grew in a burst gives its disk space back.
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)
}

fn prepare(connection: &mut Connection, known: usize) -> rusqlite::Result<()> {
    log(connection)?;
    for (version, (sql, convert)) in (1i64..).zip(STEPS).skip(known) {
        let change = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        change.execute_batch(sql)?;
        if let Some(convert) = convert {
            convert(&change)?;
        }
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
        change.pragma_update(None, "user_version", version)?;
        change.commit()?;
    }
    Ok(())
}

/// Opens the file for reading.
pub fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heatmap::Chunk;

    /// Makes the file that a collector of schema `version` leaves, with what `sql` stores in it.
    fn old(path: &Path, version: usize, sql: &str) {
        let old = Connection::open(path).unwrap();
        for (step, _) in &STEPS[..version] {
            old.execute_batch(step).unwrap();
        }
        old.execute_batch(sql).unwrap();
        old.pragma_update(None, "application_id", APPLICATION_ID)
            .unwrap();
        old.pragma_update(None, "user_version", version as i64)
            .unwrap();
    }

    #[test]
    fn a_file_of_an_older_collector_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spoor.db");
        old(
            &path,
            1,
            "INSERT INTO sites VALUES (1, 'demo'); INSERT INTO visitors VALUES (1, x'01', '');
             INSERT INTO sessions VALUES (1, 1, x'02', 1, 1, 0, 0, NULL);",
        );
        let new = open(&path).unwrap();
        let kept = "SELECT count(*) FROM sessions WHERE bot = '' AND first_source IS NULL";
        assert_eq!(new.query_row(kept, [], |row| row.get(0)), Ok(1));
    }

    #[test]
    fn clicks_of_an_older_collector_become_chunks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spoor.db");
        // The second chunk has more elements than one may hold: it becomes two.
        old(
            &path,
            2,
            "INSERT INTO sites VALUES (1, 'demo'); INSERT INTO visitors VALUES (1, x'01', '');
             INSERT INTO sessions VALUES (1, 1, x'02', 1, 1, 0, 0, NULL, '', NULL);
             INSERT INTO paths VALUES (1, 1, '/');
             INSERT INTO pages VALUES (1, x'03', 1, 1, 5000, '', '', '', 1280, 720, 1265, 3100);
             INSERT INTO selectors VALUES (1, '#add'), (2, 'main');
             INSERT INTO points VALUES (1, 3, 0, 1, 5500, 16383, 8191, 140, 220), (1, 3, 1, 2, 6010, 30000, 0, 3, 7);
             INSERT INTO points
                WITH numbers AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 600)
                SELECT 1, 4, n, 2, 7000, n, 9, 40000 + n * n, 50000 FROM numbers;",
        );
        let new = open(&path).unwrap();
        let mut told = Vec::new();
        let mut statement = new
            .prepare("SELECT seq, page_width, clicks, data FROM heat WHERE page = 1 ORDER BY seq")
            .unwrap();
        let rows = statement.query_map([], |row| {
            let chunk = Chunk::unpack(&row.get::<_, Vec<u8>>(3)?).unwrap();
            Ok(((row.get(0)?, row.get(1)?, row.get(2)?), chunk))
        });
        for row in rows.unwrap() {
            told.push(row.unwrap());
        }
        let rows: Vec<(i64, i64, i64)> = told.iter().map(|(row, _)| *row).collect();
        assert_eq!(
            rows,
            [(3, 1265, 2), (4, 1265, 512), (4 | 1 << 32, 1265, 601 - 512)]
        );
        let first = &told[0].1;
        assert_eq!(first.selectors, ["#add", "main"]);
        let places: Vec<_> = first
            .points
            .iter()
            .map(|point| (point.at, point.t))
            .collect();
        assert_eq!(places, [([140, 220], 500), ([3, 7], 1010)]);
        for (point, [left, top]) in first.points.iter().zip([[16383, 8191], [30000, 0]]) {
            let anchor = first.anchors[point.anchor as usize];
            let [dx, dy] = point.offset(&anchor);
            // To the pixel.
            let near =
                |offset: u32, size: u32, share: u32| offset.abs_diff(share * size / 32_767) <= 1;
            assert!(near(dx, anchor.rect[2], left), "{anchor:?}");
            assert!(near(dy, anchor.rect[3], top), "{anchor:?}");
        }
        let gone = "SELECT count(*) FROM sqlite_schema WHERE name IN ('points', 'selectors')";
        assert_eq!(new.query_row(gone, [], |row| row.get(0)), Ok(0));
    }

    #[test]
    fn a_file_of_ours_opens_again_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let ours = folder.path().join("a/b/spoor.db");
        drop(open(&ours).unwrap());
        let again = open(&ours).unwrap();
        assert_eq!(number(&again, "user_version"), Ok(STEPS.len() as i64));
        again.pragma_update(None, "user_version", 99).unwrap();
        drop(again);
        assert!(matches!(open(&ours), Err(Error::Newer(_, 99))));

        let foreign = folder.path().join("foreign.db");
        let other = Connection::open(&foreign).unwrap();
        other.execute_batch("CREATE TABLE cats (name)").unwrap();
        assert!(matches!(open(&foreign), Err(Error::Foreign(_))));

        let text = folder.path().join("text.db");
        fs::write(&text, "this is no database, only a long text".repeat(9)).unwrap();
        assert!(matches!(open(&text), Err(Error::Database(..))));
    }
}
