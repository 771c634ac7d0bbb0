//! `cargo xtask <command>`: what the repository does to itself.
//! Plain Rust instead of shell, so that it works the same everywhere and can be tested.

mod tidy;
mod tree;

use std::process::ExitCode;

use anyhow::Result;

use crate::tree::Tree;

const USAGE: &str = "usage: cargo xtask tidy    check the house rules";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = match command.as_str() {
        "tidy" => tidy(),
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

#[expect(clippy::print_stderr, reason = "a command line tool talks to a person")]
fn complain(text: &str) {
    eprintln!("{text}");
}
