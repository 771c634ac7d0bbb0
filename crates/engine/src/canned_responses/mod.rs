//! Canned responses: texts that the whole team writes, keeps and uses.

mod create;
mod delete;
mod update;

pub use create::{Create, create};
pub use delete::delete;
pub use update::{Update, update};

use tertulia_domain::canned_response::SHORT_CODE_CHARS_MAX;
use tertulia_domain::content::{TEXT_CHARS_MAX, visible};

use crate::{Error, Result, check};

fn check_short_code(short_code: &str) -> Result<String> {
    check::line("/short_code", short_code, SHORT_CODE_CHARS_MAX)
}

/// The limit is the one of a message, so that what is kept can be sent.
fn check_content(content: &str) -> Result<String> {
    visible("/content", content, TEXT_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    Ok(content.to_owned())
}

fn short_code_taken() -> Error {
    Error::conflict("conflict", "There is a canned response with this short code already.")
}
