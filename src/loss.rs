//! What was lost, by reason and count. It travels with the next batch.

use crate::value::{Entries, Value, put_num};

/// Why something was lost. The names on the wire are in docs/wire.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The bounded queue was full.
    QueueFull,
    /// The collector said that it will never take the batch.
    Refused,
    /// One event exceeds what a request may carry.
    TooLarge,
    /// More heatmap points than one batch may hold.
    HeatFull,
    /// No page came to send it in time.
    Expired,
}

const REASONS: [&str; 5] = ["queue_full", "refused", "too_large", "heat_full", "expired"];

/// Counts of losses that no batch has told yet, by reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Losses(Entries);

impl Losses {
    /// Counts `count` things lost for `reason`.
    pub fn add(&mut self, reason: Loss, count: u32) {
        if let Some(reason) = REASONS.get(reason as usize) {
            self.count(reason, count.into());
        }
    }

    /// Adds what `told` counted, the report of a batch that was lost with it.
    pub fn add_all(&mut self, told: &Entries) {
        for (reason, count) in told {
            self.count(reason, count.as_num().unwrap_or_default());
        }
    }

    fn count(&mut self, reason: &str, count: f64) {
        let known = self.0.iter_mut().find(|(known, _)| known == reason);
        if let Some((_, Value::Num(total))) = known {
            *total += count;
        } else {
            put_num(&mut self.0, reason, count);
        }
    }

    /// Returns the counts.
    #[must_use]
    pub fn entries(&self) -> &Entries {
        &self.0
    }

    /// Returns the counts, which are told from now on.
    pub fn take(&mut self) -> Entries {
        core::mem::take(&mut self.0)
    }
}
