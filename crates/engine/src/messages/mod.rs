//! Messages of people: send, edit, delete, react, retry.

mod append;
mod delete;
mod edit;
mod find;
mod react;
mod report;
mod retry;
mod send;

pub(crate) use append::{Entry, Files, append, record};
pub(crate) use delete::wipe;
pub(crate) use edit::rewrite;
pub(crate) use find::quote;
pub(crate) use react::set_reaction;

pub use delete::delete;
pub use edit::{Edit, edit};
pub use react::{React, react, with_reaction};
pub use report::{Report, report};
pub use retry::retry;
pub(crate) use send::{check, check_external_id, write};

pub use send::{Send, send};
