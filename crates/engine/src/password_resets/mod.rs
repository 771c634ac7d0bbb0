//! Links that let a person choose a new password; an administrator makes and passes them on.

mod accept;
mod create;

pub use accept::{Accept, accept};
pub use create::create;
