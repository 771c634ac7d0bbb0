//! Invitations: how people get into an account from the console.

mod accept;
mod create;
mod lookup;
mod revoke;

pub use accept::{Accept, accept};
pub use create::{Create, create};
pub use lookup::lookup;
pub use revoke::revoke;

use crate::Error;

/// One answer for unknown, accepted, revoked and expired invitations.
fn refused() -> Error {
    let detail = "The invitation was used, taken back, or is too old; ask for another one.";
    Error::Unauthenticated { code: "token_invalid", detail: detail.to_owned() }
}
