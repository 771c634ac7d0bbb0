//! Crashes of the process around its commits, as the dice want them; none once the storm is over.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tertulia_store::{Fault, FaultPlan};

use crate::dice::Dice;

/// Writes of a hundred that die.
const DEATHS_PERCENT: usize = 6;

/// The plan of one run.
pub(crate) struct Storm {
    dice: Dice,
    on: AtomicBool,
    deaths: AtomicU64,
}

impl Storm {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), on: AtomicBool::new(false), deaths: AtomicU64::new(0) }
    }

    pub(crate) fn set(&self, on: bool) {
        self.on.store(on, Ordering::SeqCst);
    }

    pub(crate) fn deaths(&self) -> u64 {
        self.deaths.load(Ordering::SeqCst)
    }
}

impl FaultPlan for Storm {
    fn next(&self) -> Option<Fault> {
        if !self.on.load(Ordering::SeqCst) || !self.dice.chance(DEATHS_PERCENT) {
            return None;
        }
        self.deaths.fetch_add(1, Ordering::SeqCst);
        Some(if self.dice.chance(50) { Fault::BeforeCommit } else { Fault::AfterCommit })
    }
}
