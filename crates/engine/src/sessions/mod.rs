//! Signing in and out.

mod authenticate;

pub use authenticate::{authenticate, authenticate_id};

/// How long a session lives without a request.
pub const SESSION_IDLE_SECS: u64 = 12 * 60 * 60;
/// How long a session lives at most.
pub const SESSION_SECS_MAX: u64 = 7 * 24 * 60 * 60;
