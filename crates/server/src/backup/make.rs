//! Makes a backup while the server works.

use std::path::Path;

use anyhow::{Context, Result, bail};
use tertulia_domain::Clock;

use super::manifest::files_below;
use super::{DATABASE, FILES, Manifest, is_empty, require_embedded};
use crate::clock::SystemClock;
use crate::config::Config;

/// Writes a backup into a folder that is empty or not there. What fails half-way is removed again.
pub fn make(config: &Config, folder: &Path) -> Result<Manifest> {
    require_embedded(config)?;
    if !is_empty(folder)? {
        bail!("{} is not empty: a backup never overwrites anything", folder.display());
    }
    let database = config.database_file();
    if !database.is_file() {
        bail!("{} has no database yet: there is nothing to back up", config.data_dir.display());
    }
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let made = copy(config, &database, folder);
    if made.is_err() {
        // Half a backup must not be taken for one. The data itself was only read.
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("removing what is in {}", folder.display()))?;
    }
    made
}

fn copy(config: &Config, database: &Path, folder: &Path) -> Result<Manifest> {
    // The database first: files that come later are missed by nobody, and no row points at nothing.
    tertulia_store::backup::copy_sqlite(database, &folder.join(DATABASE))
        .with_context(|| needed(database))?;
    let source = config.files_folder();
    if config.files.bucket.is_empty() && source.is_dir() {
        for path in files_below(&source)? {
            let to = folder.join(FILES).join(path.strip_prefix(&source)?);
            if let Some(parent) = to.parent() {
                std::fs::create_dir_all(parent)?;
            }
            match std::fs::copy(&path, &to) {
                Ok(_) => {}
                // Swept away between the listing and now; the copied database may still name it.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| needed(&path)),
            }
        }
    }
    let manifest = Manifest::of(folder, SystemClock.now())?;
    manifest.write(folder)?;
    Ok(manifest)
}

fn needed(path: &Path) -> String {
    let bytes = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or(0);
    format!("copying {}, which needs {bytes} bytes", path.display())
}
