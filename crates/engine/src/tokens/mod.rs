//! API tokens: programs that act for the account.

mod authenticate;

pub use authenticate::authenticate;
