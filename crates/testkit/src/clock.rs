//! Time that only moves when the test says so.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tertulia_domain::{Clock, Timestamp};

/// A clock that stands still until it is advanced.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Starts at a fixed moment in 2026, the same in every run.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicI64::new(1_790_000_000_000_000))
    }

    /// Moves on.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
