//! API tokens: programs that act for the account.

mod authenticate;
mod format;

pub use authenticate::authenticate;
