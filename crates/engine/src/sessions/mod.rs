//! Signing in and out.
//!
//! A session is an opaque random secret in a cookie; the database knows its hash. It ends after
//! 12 idle hours or 7 days, when it is revoked, when the person may no longer enter the account,
//! and when the password or the second factor changes.

mod authenticate;
mod end;
mod me;
mod open;
mod prove;
mod revoke;
mod sign_in;
mod sign_out;
mod switch_account;

pub use authenticate::authenticate;
pub use me::me;
pub use open::{Browser, SignedIn};
pub use revoke::revoke;
pub use sign_in::{SignIn, sign_in};
pub use sign_out::sign_out;
pub use switch_account::switch_account;

pub(crate) use end::{end_in_account, end_others};
pub(crate) use open::open;
pub(crate) use prove::{Proof, prove};

/// How long a session lives without a request.
pub const SESSION_IDLE_SECS: u64 = 12 * 60 * 60;
/// How long a session lives at most.
pub const SESSION_SECS_MAX: u64 = 7 * 24 * 60 * 60;
