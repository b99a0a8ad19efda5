//! Why a body is not stored.

use std::fmt;

use super::place::byte_of;
use crate::wire::Malformed;

/// Why a body is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    fault: Fault,
    /// The field, such as `pages[0].events[3].seq`; `.` for the whole body.
    pub field: String,
    /// Byte of the body at which the fault lies, from 0.
    pub byte: usize,
    /// What is wrong there, and what would be right.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It will never be taken.
    Wrong,
    /// Its parts may be taken, in several batches.
    TooMuch,
}

impl Refused {
    /// Tells whether the batch would be taken in parts.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        self.fault == Fault::TooMuch
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "field {} (byte {}): {}",
            self.field, self.byte, self.reason
        )
    }
}

impl std::error::Error for Refused {}

impl From<Malformed> for Refused {
    fn from(malformed: Malformed) -> Self {
        // A body that breaks off within a key names no field.
        let unnamed = malformed.field == "?";
        Self {
            fault: Fault::Wrong,
            field: if unnamed {
                ".".to_owned()
            } else {
                malformed.field
            },
            byte: malformed.byte,
            reason: malformed.reason,
        }
    }
}

/// A fault whose byte is not yet known.
pub(super) struct Found {
    fault: Fault,
    field: String,
    reason: String,
}

impl Found {
    pub(super) fn wrong(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            fault: Fault::Wrong,
            field: field.into(),
            reason: reason.into(),
        }
    }

    pub(super) fn too_much(
        field: impl Into<String>,
        count: usize,
        most: usize,
        what: &str,
    ) -> Self {
        Self {
            fault: Fault::TooMuch,
            field: field.into(),
            reason: format!(
                "{count} {what}, at most {most} go into one batch; send them in several"
            ),
        }
    }
}

impl Found {
    /// Adds where in `body` the fault lies.
    pub(super) fn within(self, body: &str) -> Refused {
        Refused {
            byte: byte_of(body, &self.field),
            fault: self.fault,
            field: self.field,
            reason: self.reason,
        }
    }
}
