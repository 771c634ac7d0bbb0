//! Time for the demo's history: it stands where the script says, and the script walks up to now.

use std::sync::atomic::{AtomicI64, Ordering};

use tertulia_domain::{Clock, Timestamp};

/// A clock that is set by hand.
pub(super) struct ScriptClock(AtomicI64);

impl ScriptClock {
    pub(super) fn at(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.micros()))
    }

    pub(super) fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::Relaxed);
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}
