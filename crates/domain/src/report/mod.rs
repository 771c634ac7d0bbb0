//! Reports: what is counted and timed of conversations, computed from what is stored about them.
//!
//! A [`Story`] is one conversation in order; [`measures`] says what it adds to a report, and a [`Tally`]
//! adds up. Nothing is kept beside the messages, so a report can never disagree with them.

mod bucket;
mod measure;
mod tally;

pub use bucket::{Calendar, Grain};
pub use measure::{Fact, Measure, Step, Story, Value, measures};
pub use tally::{Mean, Tally};

use crate::Timestamp;

/// A time from `since` up to, and without, `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub since: Timestamp,
    pub until: Timestamp,
}

impl Span {
    /// Whether a moment is in it.
    #[must_use]
    pub fn has(self, at: Timestamp) -> bool {
        self.since <= at && at < self.until
    }

    /// As long a time, just before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { since: self.since.minus(self.until.since(self.since)), until: self.since }
    }
}
