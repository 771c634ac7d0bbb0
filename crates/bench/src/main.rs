//! `make bench`: the release binary against its bars, and against a floor measured in the same run.

mod accept;
mod bot;
mod bots;
mod floor;
mod footprint;
mod history;
mod http;
mod ledger;
mod load;
mod process;
mod report;
mod tenant;
mod watcher;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use tempfile::TempDir;

/// Measures Tertulia against its bars.
#[derive(Parser)]
struct Cli {
    /// The binary to measure.
    #[arg(long, default_value = "target/release/tertulia")]
    binary: PathBuf,
    /// Only these parts.
    #[arg(long, value_enum)]
    only: Vec<Part>,
    #[command(subcommand)]
    command: Option<Role>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Accept,
    Footprint,
    History,
    Bots,
}

#[derive(Subcommand)]
enum Role {
    /// Serves the floor (started by the bench itself).
    Floor { dir: PathBuf },
}

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    if let Some(Role::Floor { dir }) = &cli.command {
        return floor::serve(dir).await;
    }
    let wanted = |part| cli.only.is_empty() || cli.only.contains(&part);
    let mut figures = Vec::new();
    if wanted(Part::Accept) {
        figures.extend(accept::run(&cli.binary).await?);
    }
    if wanted(Part::Footprint) {
        figures.extend(footprint::run(&cli.binary).await?);
    }
    if wanted(Part::History) {
        figures.extend(history::run(&cli.binary).await?);
    }
    if wanted(Part::Bots) {
        figures.extend(bots::run(&cli.binary).await?);
    }
    report::publish(&figures)?;
    ensure!(figures.iter().all(|figure| figure.pass), "some figures miss their bar");
    Ok(())
}

/// A folder on the project's own disk (a memory file system would flatter `fsync`), with the settings.
fn tertulia_dir() -> Result<TempDir> {
    let dir = tempfile::tempdir_in("target")?;
    std::fs::write(dir.path().join("tertulia.toml"), tenant::CONFIG)?;
    Ok(dir)
}
