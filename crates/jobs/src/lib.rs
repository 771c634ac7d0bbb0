//! Background work: lease, lanes, retry with back-off, periodic jobs, the runner, and followers of
//! the journal.
//!
//! A job is a row that was written in the transaction of the change that promised it. A runner claims
//! it for a while, calls the handler of its kind, and writes down the outcome; if the process dies,
//! the lease ends and another runner starts the job again. So a handler runs at least once.
//! **Invariant:** knows no job by name; what a job does is its handler's affair.

mod follower;
mod policy;
mod registry;
mod runner;
mod turn;

pub use follower::{Follower, Following};
pub use policy::{Backoff, Policy};
pub use registry::{JobError, Registry};
pub use runner::{Limits, Runner};
pub use tertulia_store::jobs::Job;
