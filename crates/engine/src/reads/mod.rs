//! How far people and customers have read.

mod mark;

pub use mark::{mark, mark_by_contact};
