//! Signing in and out.

mod authenticate;

pub use authenticate::authenticate;
