//! Labels of the account.

mod create;
mod delete;
mod update;

pub use create::{Create, create};
pub use delete::delete;
pub use update::{Update, update};

use crate::{Error, Result, check};

/// Longest name of a label, in Unicode scalar values.
const NAME_CHARS_MAX: usize = 50;

/// A name without commas, so that lists of labels can be written in one line.
fn check_name(name: &str) -> Result<String> {
    if name.contains(',') {
        return Err(Error::invalid("/name", "contains a comma"));
    }
    check::line("/name", name, NAME_CHARS_MAX)
}

fn name_taken() -> Error {
    let detail = "There is a label with this name already.".to_owned();
    Error::Conflict { code: "conflict", detail }
}
