//! The few statements that the engines cannot share, side by side behind one function each.

pub(crate) mod jobs;
pub(crate) mod rows;
pub(crate) mod search;
