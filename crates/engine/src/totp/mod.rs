//! The second factor: six digits that change every 30 seconds (RFC 6238), and recovery codes.

mod begin;
mod confirm;
mod disable;
mod factor;

pub use begin::begin;
pub use confirm::confirm;
pub use disable::disable;

pub(crate) use factor::{Factor, read_factor, spend_factor};
