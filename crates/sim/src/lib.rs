//! The simulator: the real engine, store and delivery on a virtual clock, with repeats, reordering,
//! refusals and crashes around every commit, all drawn from one seed.
//!
//! `cargo run -p tertulia-sim -- --seeds 200` runs many; a seed that fails is a bug report.

mod check;
mod dice;
mod faults;
mod provider;
mod run;
mod world;

pub use run::{Report, run};

#[cfg(test)]
mod tests;
