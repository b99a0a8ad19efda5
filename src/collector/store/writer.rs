//! The one thread that writes: takes all batches that wait, commits them together, then answers them all.
//!
//! Enters: jobs by a bounded channel. Leaves: an answer to each, after its batch is on disk. The sync of the disk takes
//! longer than the rows; while it lasts the next group gathers, so that more load makes larger groups, not more syncs.

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot, watch};

use super::{News, Stored, insert::insert};
use crate::collector::check::Batch;

/// Batches in one transaction. More would let the first of them wait for too long.
const MAX_GROUP: usize = 256;

/// What the thread is asked for.
pub enum Job {
    /// Store a batch, then answer.
    Add(Box<Batch>, Answer),
    /// End, after all that was asked for before.
    Stop,
}

/// Where the answer goes.
pub type Answer = oneshot::Sender<rusqlite::Result<Stored>>;

/// Works until it is stopped, then leaves the file without a log.
pub fn write(
    mut connection: Connection,
    mut jobs: mpsc::Receiver<Job>,
    news: &watch::Sender<News>,
) {
    let mut group = Vec::new();
    let mut stopping = false;
    while !stopping {
        match jobs.blocking_recv() {
            Some(Job::Add(batch, answer)) => group.push((batch, answer)),
            Some(Job::Stop) | None => break,
        }
        while group.len() < MAX_GROUP {
            match jobs.try_recv() {
                Ok(Job::Add(batch, answer)) => group.push((batch, answer)),
                Ok(Job::Stop) => {
                    stopping = true;
                    break;
                }
                Err(_) => break,
            }
        }
        commit_group(&mut connection, &mut group, news);
    }
    // Fails where a reader still reads; the log then stays, and is read at the next start.
    let _ = connection.pragma_update(None, "wal_checkpoint", "TRUNCATE");
}

fn commit_group(
    connection: &mut Connection,
    group: &mut Vec<(Box<Batch>, Answer)>,
    news: &watch::Sender<News>,
) {
    let all = commit(connection, group.iter().map(|(batch, _)| batch.as_ref()));
    let results: Vec<_> = match all {
        Ok(stored) => stored.into_iter().map(Ok).collect(),
        // One batch must not take the others down with it.
        Err(_) => group
            .iter()
            .map(|(batch, _)| {
                let mut stored = commit(connection, std::iter::once(batch.as_ref()))?;
                Ok(stored.pop().unwrap_or_default())
            })
            .collect(),
    };
    let last = results.iter().flatten().map(|stored| stored.newest).max();
    if let Some(last) = last {
        news.send_if_modified(|news| {
            let newer = last > news.newest;
            news.newest = last.max(news.newest);
            newer
        });
    }
    for ((_, answer), result) in group.drain(..).zip(results) {
        // Whoever asked may have gone; what it sent is stored nevertheless.
        let _ = answer.send(result);
    }
}

fn commit<'a>(
    connection: &mut Connection,
    batches: impl Iterator<Item = &'a Batch>,
) -> rusqlite::Result<Vec<Stored>> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = batches
        .map(|batch| insert(&change, batch))
        .collect::<rusqlite::Result<_>>()?;
    change.commit()?;
    Ok(stored)
}
