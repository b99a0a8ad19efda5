//! What was lost, by reason and count. It travels with the next batch.

use crate::value::{Entries, Value};

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
}

const REASONS: [&str; 4] = ["queue_full", "refused", "too_large", "heat_full"];

/// Counts of losses that no batch has told yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses([u32; REASONS.len()]);

impl Losses {
    /// Counts `count` things lost for `reason`.
    pub fn add(&mut self, reason: Loss, count: u32) {
        if let Some(total) = self.0.get_mut(reason as usize) {
            *total = total.saturating_add(count);
        }
    }

    /// Adds what `other` counted, for a batch that was lost with its own report of losses.
    pub fn add_all(&mut self, other: Self) {
        for (total, more) in self.0.iter_mut().zip(other.0) {
            *total = total.saturating_add(more);
        }
    }

    /// Returns the counts that are not 0, by reason.
    #[must_use]
    pub fn to_entries(&self) -> Entries {
        let mut out = Entries::new();
        for (reason, count) in REASONS.iter().zip(self.0) {
            if count > 0 {
                out.push(((*reason).to_owned(), Value::Num(f64::from(count))));
            }
        }
        out
    }
}
