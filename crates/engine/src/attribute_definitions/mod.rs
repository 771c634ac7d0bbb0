//! What the attributes of contacts and conversations mean.

mod check;
mod create;
mod delete;
mod update;

pub use create::{Create, create};
pub use delete::delete;
pub use update::{Update, update};
