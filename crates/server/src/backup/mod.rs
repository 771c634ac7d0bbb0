//! Backups of a node with the embedded database: a folder with the database, the files and a manifest.
//!
//! The manifest is written last, with the size and SHA-256 of everything, so a folder without one is
//! not a backup, and one with it can be checked to the last byte before anything is touched.

mod make;
mod manifest;
mod restore;

use std::path::Path;

use anyhow::{Result, bail};

use crate::config::Config;

pub use make::make;
pub use manifest::Manifest;
pub use restore::restore;

/// Names inside a backup.
const DATABASE: &str = "tertulia.db";
const FILES: &str = "files";
const MANIFEST: &str = "manifest.json";

/// Other databases have their own tools, which know more than we do.
fn require_embedded(config: &Config) -> Result<()> {
    if config.database_url.is_empty() {
        return Ok(());
    }
    bail!(
        "the data is in PostgreSQL: use pg_dump and pg_restore for it, and copy the files beside it"
    )
}

/// Whether there is nothing at this place, or an empty folder.
fn is_empty(path: &Path) -> Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    Ok(path.is_dir() && std::fs::read_dir(path)?.next().is_none())
}
