//! What a backup consists of, with sizes and checksums.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tertulia_domain::Timestamp;

use super::MANIFEST;

/// Version of the layout.
const FORMAT: u32 = 1;
const CHUNK_BYTES: usize = 64 * 1024;

/// The list of a backup's parts.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    /// The version of Tertulia that made it.
    version: String,
    pub created_at: Timestamp,
    pub parts: Vec<Part>,
}

/// One file of a backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Relative to the backup.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// Lists what is in the folder.
    pub(super) fn of(folder: &Path, created_at: Timestamp) -> Result<Self> {
        let mut parts = Vec::new();
        for path in files_below(folder)? {
            let relative = path.strip_prefix(folder)?.to_str().context("a name is not Unicode")?;
            parts.push(Part { path: relative.to_owned(), ..measure(&path)? });
        }
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Ok(Self { format: FORMAT, version, created_at, parts })
    }

    /// Writes it; from now on the folder is a backup.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let file = File::create(folder.join(MANIFEST))?;
        serde_json::to_writer_pretty(&file, self)?;
        file.sync_all()?;
        Ok(File::open(folder)?.sync_all()?)
    }

    /// Reads it and compares every part with it.
    pub(super) fn verified(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read(&path).with_context(|| {
            format!("{} is no complete backup: no {MANIFEST}", folder.display())
        })?;
        let manifest: Self = serde_json::from_slice(&text)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        if manifest.format != FORMAT {
            bail!("the backup has layout {}, this version reads {FORMAT}", manifest.format);
        }
        for part in &manifest.parts {
            part.verify(folder)?;
        }
        Ok(manifest)
    }

    /// Size of everything.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.bytes).sum()
    }
}

impl Part {
    fn verify(&self, folder: &Path) -> Result<()> {
        // A manifest from elsewhere must not name files outside the backup.
        let plain = Path::new(&self.path)
            .components()
            .all(|component| matches!(component, std::path::Component::Normal(_)));
        if !plain {
            bail!("the manifest names {:?}, which is not inside the backup", self.path);
        }
        let path = folder.join(&self.path);
        let found = measure(&path).with_context(|| format!("{} is missing", self.path))?;
        if found.bytes != self.bytes {
            bail!("{} has {} bytes, its manifest says {}", self.path, found.bytes, self.bytes);
        }
        if found.sha256 != self.sha256 {
            bail!("{} is damaged: its checksum is not {}", self.path, self.sha256);
        }
        Ok(())
    }
}

/// Size and checksum of a file; the path is for the caller to fill in.
fn measure(path: &Path) -> Result<Part> {
    let mut reader = BufReader::new(File::open(path)?);
    let (mut hasher, mut bytes, mut chunk) = (Sha256::new(), 0_u64, vec![0; CHUNK_BYTES]);
    loop {
        let count = reader.read(&mut chunk)?;
        let Some(read) = chunk.get(..count).filter(|read| !read.is_empty()) else { break };
        hasher.update(read);
        bytes += u64::try_from(count)?;
    }
    let sha256 = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Part { path: String::new(), bytes, sha256 })
}

/// Every file below a folder, in a stable order.
pub(super) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
