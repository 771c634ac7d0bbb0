//! `cargo xtask <command>`: what the repository does to itself.
//! Plain Rust instead of shell, so that it works the same everywhere and can be tested.

mod dist;
mod generate;
mod shell;
mod telegram_schema;
mod tidy;
mod tree;

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::shell::Shell;
use crate::tree::Tree;

const USAGE: &str = "usage: cargo xtask tidy    check the house rules
       cargo xtask gen     write all generated files again
       cargo xtask dist    build the release archive
       cargo xtask telegram-schema FILE
                           make the Telegram double's schema from the published description";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = match command.as_str() {
        "tidy" => tidy(),
        "gen" => in_repository(generate::run),
        "dist" => in_repository(dist::run),
        "telegram-schema" => in_repository(|shell| {
            let source = std::env::args().nth(2).context("which file?")?;
            telegram_schema::run(shell, &source)
        }),
        _ => {
            complain(USAGE);
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> Result<ExitCode> {
    let tree = Tree::of_repository()?;
    let findings = tidy::all(&tree)?;
    for finding in &findings {
        complain(&finding.to_string());
    }
    complain(&format!("tidy: {} files, {} findings", tree.files().len(), findings.len()));
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_repository(task: impl Fn(&Shell) -> Result<()>) -> Result<ExitCode> {
    task(&Shell::in_repository()?)?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stderr, reason = "a command line tool talks to a person")]
fn complain(text: &str) {
    eprintln!("{text}");
}
