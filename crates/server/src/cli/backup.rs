//! `tertulia backup` and `tertulia restore`.

use std::path::PathBuf;

use clap::Args;

use super::exit::{Failure, say};
use crate::backup;
use crate::config::Config;

/// A folder with a backup.
#[derive(Debug, Args)]
pub(super) struct Folder {
    /// The backup's folder; for a backup it is empty or not there yet.
    folder: PathBuf,
}

pub(super) fn make(config: &Config, Folder { folder }: &Folder) -> Result<(), Failure> {
    let made = backup::make(config, folder)?;
    let (parts, bytes) = (made.parts.len(), made.bytes());
    say(&format!("Backed up {parts} files, {bytes} bytes, to {}; checked.", folder.display()));
    if !config.files.bucket.is_empty() {
        say("Attachments are in the bucket and are not in this backup.");
    }
    Ok(())
}

pub(super) fn restore(config: &Config, Folder { folder }: &Folder) -> Result<(), Failure> {
    let restored = backup::restore(config, folder).map_err(|e| Failure::Data(format!("{e:#}")))?;
    let (parts, at) = (restored.parts.len(), restored.created_at);
    say(&format!("Restored {parts} files as they were at {at}."));
    Ok(())
}
