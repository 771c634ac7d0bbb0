//! What a person changes of themselves.

mod change_password;
mod update;

pub use change_password::{ChangePassword, change_password};
pub use update::{Update, update};
