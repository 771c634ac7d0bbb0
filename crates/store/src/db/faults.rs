//! Faults at the one place where the database can fail us: around the commit. For the simulator and
//! for tests of recovery; a store without a plan never asks.

/// What goes wrong with one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The process died before the commit: nothing is kept, the caller hears nothing good.
    BeforeCommit,
    /// The process died after the commit: everything is kept, but the caller hears nothing good.
    AfterCommit,
}

/// Decides for each write whether it fails, and how.
pub trait FaultPlan: Send + Sync + 'static {
    /// Asked once for each write.
    fn next(&self) -> Option<Fault>;
}
