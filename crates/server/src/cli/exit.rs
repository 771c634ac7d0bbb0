//! From outcomes to exit codes and to one line that a person can act on.

use std::io::Write;
use std::process::ExitCode;

use crate::config::ConfigError;

const USAGE: u8 = 64;
const DATA: u8 = 65;
const UNAVAILABLE: u8 = 69;
const CONFIG: u8 = 78;

/// Why a command did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line lacks something.
    #[error("{0}")]
    Usage(String),
    /// The settings are wrong.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// What was handed in is wrong; nothing was changed.
    #[error("{0}")]
    Data(String),
    /// Something that is needed is not there: a port, the database, a file.
    #[error("{0:#}")]
    Unavailable(#[from] anyhow::Error),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Failure::Usage(_) => USAGE,
            Failure::Config(_) => CONFIG,
            Failure::Data(_) => DATA,
            Failure::Unavailable(_) => UNAVAILABLE,
        }
    }
}

/// Says what failed and answers the exit code.
pub(super) fn report(outcome: Result<(), Failure>) -> ExitCode {
    let Err(failure) = outcome else { return ExitCode::SUCCESS };
    say(&format!("tertulia: {failure}"));
    ExitCode::from(failure.code())
}

/// A command line that cannot be read; asking for help is not a failure.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let failed = error.use_stderr();
    // A closed pipe is no reason to fail twice.
    drop(error.print());
    if failed { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

/// Writes a command's answer; a reader that has gone away (`| head`) is not a failure.
pub(crate) fn answer(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Writes a line for the person at the terminal.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}
