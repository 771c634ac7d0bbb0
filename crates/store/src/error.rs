//! What can go wrong in storage, sorted by what the caller can do about it.

/// A storage failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A unique key refused the row.
    #[error("a row with this key exists already: {key}")]
    Duplicate { key: String },
    /// The database cannot take work now: disk full, connection lost, too many writers. Try later.
    #[error("the database is not available: {reason}")]
    Unavailable { reason: String },
    /// Two transactions met; the kernel repeats the closure, callers see this only after the last try.
    #[error("the transaction met another one")]
    Contention,
    /// The database is not one that this binary can work on; nothing was changed.
    #[error("the database does not fit: {reason}")]
    Unfit { reason: String },
    /// A stored value is not what the code expects.
    #[error("a stored value cannot be read: {reason}")]
    Damaged { reason: String },
    /// Anything else that the driver says; a mistake of ours.
    #[error("the database refused a statement: {reason}")]
    Refused { reason: String },
}

/// Result of a storage call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
