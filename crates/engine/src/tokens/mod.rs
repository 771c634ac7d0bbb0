//! API tokens: programs that act for the account, within the rights of the person who made them.

mod authenticate;
mod create;
pub(crate) mod format;
mod revoke;

pub use authenticate::authenticate;
pub use create::{Create, create};
pub use revoke::revoke;
