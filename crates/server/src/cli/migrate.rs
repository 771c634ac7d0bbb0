//! `tertulia migrate`: brings the database to this version.

use anyhow::Context;

use super::exit::{Failure, say};
use crate::config::Config;

pub(super) fn run(config: &Config) -> Result<(), Failure> {
    crate::serve::prepare_data_dir(config)?;
    tertulia_store::migrate(&config.store()).context("the database")?;
    say("The database is at this version.");
    Ok(())
}
