//! Keeping the full-text index, behind the message path.

mod index;

pub use index::Indexer;
