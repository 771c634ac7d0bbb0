//! `tertulia openapi`: prints the document that `/openapi.json` serves.

use anyhow::Context;

use super::exit::{Failure, answer};

pub(super) fn run() -> Result<(), Failure> {
    let text = tertulia_api::document().to_pretty_json().context("the document")?;
    answer(&format!("{text}\n"));
    Ok(())
}
