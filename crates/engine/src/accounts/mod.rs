//! Accounts: the tenants. Only the command line makes further ones.

mod create;
mod update;

pub(crate) use create::found;
pub use create::{Create, create};
pub use update::{Update, update};
