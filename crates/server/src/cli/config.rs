//! `tertulia config`: the settings' reference, and whether the present ones can be used.

use clap::{Args, Subcommand};

use super::exit::{Failure, answer, say};
use crate::config::{Config, ConfigError, DEFAULTS};

#[derive(Debug, Args)]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    command: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Print all settings with their defaults, as a page of the documentation.
    Reference,
    /// Say whether the settings can be used.
    Check,
}

impl ConfigCommand {
    pub(super) fn run(
        self,
        settings: impl Fn() -> Result<Config, ConfigError>,
    ) -> Result<(), Failure> {
        match self.command {
            Which::Reference => answer(&format!("{INTRODUCTION}```toml\n{DEFAULTS}```\n")),
            Which::Check => {
                settings()?;
                say("The settings can be used.");
            }
        }
        Ok(())
    }
}

const INTRODUCTION: &str = "# Configuration\n\n\
    Printed by `tertulia config reference`; do not edit.\n\n";
