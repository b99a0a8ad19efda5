//! Keeps batches in one SQLite file.
//!
//! Enters: checked batches. Leaves: how much of each was new, once it is on disk; connections that read. A batch is stored
//! whole or not at all. Writing is one thread's (`writer`), reading is that of a few threads beside it.

mod chunks;
mod file;
mod insert;
mod schema;
mod writer;

use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use self::{
    file::File,
    writer::{Job, Writer},
};
use super::{Batch, Error, Options};

/// Reports computed at one time; more would only fight for the disk.
const MAX_READERS: usize = 4;

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Stored {
    /// Events and heat chunks that are new.
    pub stored: usize,
    /// Events and heat chunks that were there already.
    pub repeats: usize,
    /// Row of the newest event, 0 where none is new.
    #[serde(skip)]
    pub(super) newest: i64,
}

/// What a feed waits for.
#[derive(Clone, Copy, Debug, Default)]
pub struct News {
    /// Row of the newest event.
    pub newest: i64,
    /// The collector stops; feeds end.
    pub ended: bool,
}

/// The database. Clones are handles to the same.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
    /// Bytes that further batches may have.
    room: Arc<Semaphore>,
    /// Whether the disk refused when it was last written.
    failing: Arc<AtomicBool>,
    news: watch::Sender<News>,
    /// Permits to read; closed when the store is.
    readers: Semaphore,
    idle: Mutex<Vec<Connection>>,
    writer: Mutex<Option<thread::JoinHandle<()>>>,
}

impl Store {
    /// Opens the file that `options` name, made where it does not exist, within the bounds that they set.
    ///
    /// # Errors
    /// Where it cannot be made or written, or is not a database of this version of the collector.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let file = File::open(options.db.clone(), options.max_db_bytes)?;
        let news = watch::Sender::new(News {
            newest: file.newest()?,
            ended: false,
        });
        let (jobs, waiting) = mpsc::channel(options.max_queue);
        let failing = Arc::new(AtomicBool::new(false));
        let writer = Writer {
            file,
            jobs: waiting,
            news: news.clone(),
            failing: Arc::clone(&failing),
        };
        let writer = thread::Builder::new()
            .name("spoor-writer".to_owned())
            .spawn(move || writer.run())
            .map_err(Error::System)?;
        // The longest body must fit, else it would be asked to come again for ever.
        let room = options.max_queue_bytes.max(options.max_body_bytes);
        Ok(Self(Arc::new(Inner {
            path: options.db.clone(),
            jobs,
            room: Arc::new(Semaphore::new(room.min(Semaphore::MAX_PERMITS))),
            failing,
            news,
            readers: Semaphore::new(MAX_READERS),
            idle: Mutex::default(),
            writer: Mutex::new(Some(writer)),
        })))
    }

    /// Returns leave to work on a body of `bytes`.
    ///
    /// # Errors
    /// Where those that are worked on, or wait, have too many already.
    pub(super) fn room(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Error> {
        let bytes = u32::try_from(bytes).map_err(|_| Error::Full)?;
        let room = Arc::clone(&self.0.room);
        room.try_acquire_many_owned(bytes).map_err(|_| Error::Full)
    }

    /// Stores `batch`, for whose body there is `room`; returns when it is on disk.
    ///
    /// # Errors
    /// Where too many batches wait, the disk refuses, or the store is closed. Nothing of the batch is stored then.
    pub(super) async fn add(
        &self,
        batch: Batch,
        room: OwnedSemaphorePermit,
    ) -> Result<Stored, Error> {
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Add(Box::new(batch), room, answer))?;
        answered.await.map_err(|_| Error::Stopped)?
    }

    /// Tells whether batches can be stored. Where the disk refused the last one, tries it anew.
    pub(super) async fn can_write(&self) -> Result<(), Error> {
        if self.0.jobs.is_closed() {
            return Err(Error::Stopped);
        }
        if !self.0.failing.load(Ordering::Relaxed) {
            return Ok(());
        }
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Try(answer))?;
        answered.await.map_err(|_| Error::Stopped)?
    }

    fn ask(&self, job: Job) -> Result<(), Error> {
        self.0.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Error::Full,
            mpsc::error::TrySendError::Closed(_) => Error::Stopped,
        })
    }

    /// Returns what `query` reads, on a thread of its own.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let _permit = self.0.readers.acquire().await.map_err(|_| Error::Stopped)?;
        let inner = Arc::clone(&self.0);
        let read = tokio::task::spawn_blocking(move || {
            let idle = inner.idle().pop();
            let connection = match idle {
                Some(connection) => connection,
                None => schema::open_to_read(&inner.path)?,
            };
            let found = query(&connection)?;
            if !inner.readers.is_closed() {
                inner.idle().push(connection);
            }
            Ok(found)
        });
        read.await.map_err(|_| Error::Stopped)?
    }

    /// Returns a watch on what is new.
    pub(super) fn news(&self) -> watch::Receiver<News> {
        self.0.news.subscribe()
    }

    /// Ends the feeds, which would else keep their connections open for ever.
    pub(super) fn end_feeds(&self) {
        self.0.news.send_modify(|news| news.ended = true);
    }

    /// Ends the writing after all that was accepted is on disk, and folds the log into the file. Blocks until then.
    pub fn close(&self) {
        let writer = self
            .0
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(writer) = writer else { return };
        self.0.readers.close();
        self.0.idle().clear();
        // Fails only where the thread has ended already.
        let _ = self.0.jobs.blocking_send(Job::Stop);
        let _ = writer.join();
    }
}

impl Inner {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Store").field(&self.0.path).finish()
    }
}
