//! Puts a backup in the place of nothing: everything is checked before anything is written.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{DATABASE, FILES, Manifest, is_empty, require_embedded};
use crate::config::Config;
use crate::lock::DataLock;

/// Restores a backup into a data folder without data.
pub fn restore(config: &Config, folder: &Path) -> Result<Manifest> {
    require_embedded(config)?;
    let manifest = Manifest::verified(folder)?;
    tertulia_store::backup::check_sqlite(&folder.join(DATABASE))
        .context("the backup's database")?;
    let database = config.database_file();
    if database.exists() || !is_empty(&config.files_folder())? {
        bail!(
            "{} has data already: move it away first, nothing was changed",
            config.data_dir.display()
        );
    }
    std::fs::create_dir_all(&config.data_dir)?;
    let _lock = DataLock::take(&config.data_dir)?;
    for part in manifest.parts.iter().filter(|part| part.path != DATABASE) {
        let Some(inside) = part.path.strip_prefix(&format!("{FILES}/")) else {
            bail!("the backup has {:?}, which belongs nowhere", part.path);
        };
        copy(&folder.join(&part.path), &config.files_folder().join(inside))?;
    }
    // The database comes last, under its name only when it is whole: without it there is no data.
    let arriving = database.with_extension("restoring");
    copy(&folder.join(DATABASE), &arriving)?;
    std::fs::rename(&arriving, &database).context("putting the database in its place")?;
    File::open(&config.data_dir)?.sync_all()?;
    Ok(manifest)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::copy(from, to).with_context(|| format!("writing {}", to.display()))?;
    Ok(File::open(to)?.sync_all()?)
}
