//! The command line. Exit codes are those of `sysexits.h`; an error is one line on standard error.

mod account;
mod backup;
mod config;
mod consent;
mod demo;
mod doctor;
mod engine;
mod exit;
mod migrate;
mod openapi;
mod serve;
mod simulate;
mod table;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::{Failure, report};

pub(crate) use exit::say;

/// Conversations of customers, bots and people, on one binary.
#[derive(Debug, Parser)]
#[command(name = "tertulia", version, arg_required_else_help = true)]
struct Arguments {
    /// The settings file; `tertulia.toml` in the working directory when it is there.
    #[arg(long, global = true, env = "TERTULIA_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the console and the widget, and do the background work.
    Serve(serve::Serve),
    /// Serve an account that is already filled, with a website at /demo.
    Demo,
    /// Play a provider on this machine, to try things out without an account.
    Simulate(simulate::SimulateCommand),
    /// Bring the database to this version without serving.
    Migrate,
    /// Make and list accounts.
    Account(account::AccountCommand),
    /// Add, list, and keep out people; reset passwords.
    User(user::UserCommand),
    /// Make, list and revoke API tokens.
    Token(token::TokenCommand),
    /// Copy database and files into a folder while the server works, and check the copy.
    Backup(backup::Folder),
    /// Put a backup into a data folder that has no data.
    Restore(backup::Folder),
    /// Look at everything that the server needs, and say what to do.
    Doctor,
    /// Print the OpenAPI document.
    Openapi,
    /// Show settings.
    Config(config::ConfigCommand),
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => report(run(arguments)),
        Err(error) => exit::usage(&error),
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = || crate::config::load(arguments.config.as_deref());
    match arguments.command {
        Command::Serve(serve) => serve.run(settings()?),
        Command::Demo => demo::run(settings()?),
        Command::Simulate(command) => command.run(),
        Command::Migrate => migrate::run(&settings()?),
        Command::Account(command) => command.run(&settings()?),
        Command::User(command) => command.run(&settings()?),
        Command::Token(command) => command.run(&settings()?),
        Command::Backup(folder) => backup::make(&settings()?, &folder),
        Command::Restore(folder) => backup::restore(&settings()?, &folder),
        Command::Doctor => doctor::run(&settings()?),
        Command::Openapi => openapi::run(),
        Command::Config(command) => command.run(settings),
    }
}
