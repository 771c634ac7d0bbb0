//! `tertulia serve`: everything in one process, or one of the two roles.

use clap::Args;

use super::exit::Failure;
use crate::config::Config;
use crate::serve::{Roles, serve};
use crate::telemetry;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Only answer requests.
    #[arg(long)]
    api: bool,
    /// Only do the background work.
    #[arg(long)]
    worker: bool,
}

impl Serve {
    pub(super) fn run(self, config: Config) -> Result<(), Failure> {
        telemetry::log(&config.log)?;
        let neither = !self.api && !self.worker;
        let roles = Roles { api: self.api || neither, worker: self.worker || neither };
        Ok(serve(&config, roles)?)
    }
}
