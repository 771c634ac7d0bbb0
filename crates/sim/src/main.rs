//! Runs seeds and prints each; stops at the first one that breaks a promise.

use anyhow::{Context, Result};
use clap::Parser;

/// Simulates Tertulia under faults.
#[derive(Parser)]
struct Cli {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
}

#[expect(clippy::print_stdout, reason = "the report is this program's output")]
fn main() -> Result<()> {
    let cli = Cli::parse();
    let runtime = tertulia_testkit::runtime();
    for seed in cli.seed..cli.seed.saturating_add(cli.seeds) {
        let report =
            runtime.block_on(tertulia_sim::run(seed)).with_context(|| format!("seed {seed}"))?;
        println!(
            "seed {seed}: {} in, {} out, {} deaths, digest {:016x}",
            report.inbound, report.outbound, report.deaths, report.digest
        );
    }
    Ok(())
}
