//! The one thread that writes: takes all batches that wait, commits them together, then answers them all.
//!
//! Enters: jobs by a bounded channel. Leaves: an answer to each, after its batch is on disk. The sync of the disk takes
//! longer than the rows; while it lasts the next group gathers, so that more load makes larger groups, not more syncs.
//! Where the disk refuses, all that waits is answered so, and the next group tries again.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::{News, Stored, file::File, insert::insert};
use crate::collector::{Error, check::Batch};

/// Batches in one transaction. More would let the first of them wait for too long.
const MAX_GROUP: usize = 256;

/// What the thread is asked for.
pub enum Job {
    /// Store a batch, then answer. The permit is for the memory that it takes.
    Add(Box<Batch>, OwnedSemaphorePermit, Answer),
    /// Tell whether the disk takes something by now.
    Try(oneshot::Sender<Result<(), Error>>),
    /// End, after all that was asked for before.
    Stop,
}

/// Where the answer goes.
pub type Answer = oneshot::Sender<Result<Stored, Error>>;

/// A batch that waits, and whom to tell. The permit goes with it.
type Waiting = (Box<Batch>, OwnedSemaphorePermit, Answer);

/// What the thread works with.
pub struct Writer {
    pub file: File,
    pub jobs: mpsc::Receiver<Job>,
    pub news: watch::Sender<News>,
    /// Whether the disk refused when it was last written.
    pub failing: Arc<AtomicBool>,
}

impl Writer {
    /// Works until it is stopped, then leaves the file without a log.
    pub fn run(mut self) {
        let mut group = Vec::new();
        let mut next = self.jobs.blocking_recv();
        while let Some(job) = next.take() {
            match job {
                Job::Add(batch, room, answer) => group.push((batch, room, answer)),
                Job::Try(answer) => {
                    let tried = self.note(|file| file.try_room());
                    // Whoever asked may have gone.
                    let _ = answer.send(tried);
                }
                Job::Stop => break,
            }
            while next.is_none() && group.len() < MAX_GROUP {
                match self.jobs.try_recv() {
                    Ok(Job::Add(batch, room, answer)) => group.push((batch, room, answer)),
                    Ok(other) => next = Some(other),
                    Err(_) => break,
                }
            }
            self.store(&mut group);
            if next.is_none() {
                next = self.jobs.blocking_recv();
            }
        }
        self.file.fold();
    }

    fn store(&mut self, group: &mut Vec<Waiting>) {
        if group.is_empty() {
            return;
        }
        let all = self.note(|file| commit(file, group.iter().map(|(batch, ..)| batch.as_ref())));
        let results: Vec<_> = match all {
            Ok(stored) => stored.into_iter().map(Ok).collect(),
            Err(Error::Unwritable(reason)) => group
                .iter()
                .map(|_| Err(Error::Unwritable(reason.clone())))
                .collect(),
            // One batch must not take the others down with it.
            Err(_) => group.iter().map(|(batch, ..)| self.alone(batch)).collect(),
        };
        let last = results.iter().flatten().map(|stored| stored.newest).max();
        if let Some(last) = last {
            self.news.send_if_modified(|news| {
                let newer = last > news.newest;
                news.newest = last.max(news.newest);
                newer
            });
        }
        for ((_, _, answer), result) in group.drain(..).zip(results) {
            // Whoever asked may have gone; what it sent is stored nevertheless.
            let _ = answer.send(result);
        }
    }

    fn alone(&mut self, batch: &Batch) -> Result<Stored, Error> {
        let mut stored = self.note(|file| commit(file, std::iter::once(batch)))?;
        Ok(stored.pop().unwrap_or_default())
    }

    /// Does what writes, and keeps in mind, and says once, whether the disk refused.
    fn note<T>(&mut self, work: impl FnOnce(&mut File) -> Result<T, Error>) -> Result<T, Error> {
        let done = work(&mut self.file);
        let failed = self.failing.load(Ordering::Relaxed);
        match &done {
            Err(Error::Unwritable(reason)) if !failed => {
                say(&format!(
                    "the database cannot be written: {reason}; batches are answered 503 until it can"
                ));
                self.failing.store(true, Ordering::Relaxed);
            }
            Ok(_) if failed => {
                say("the database can be written again");
                self.failing.store(false, Ordering::Relaxed);
            }
            _ => {}
        }
        done
    }
}

fn commit<'a>(
    file: &mut File,
    batches: impl Iterator<Item = &'a Batch>,
) -> Result<Vec<Stored>, Error> {
    file.change(|to| batches.map(|batch| insert(to, batch)).collect())
}

fn say(line: &str) {
    use std::io::Write;
    // Where nobody reads it, nobody misses it.
    let _ = writeln!(std::io::stderr(), "spoor-collector: {line}");
}
