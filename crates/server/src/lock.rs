//! One server per SQLite file: a lock on a file beside it, which ends with the process.
//!
//! Commands such as `user create` do not take it: SQLite itself lets several processes write in turn.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

const FILE: &str = "tertulia.lock";

/// Held while the server runs.
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Takes the lock of a data folder; refuses with the holder's process and host.
    pub fn take(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(FILE);
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .with_context(|| format!("{}: cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).context("reading who holds the data folder")?;
                bail!("{} is held by {}", data_dir.display(), holder.trim());
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("{}: cannot be locked", path.display()));
            }
        }
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "process {} on host {}", std::process::id(), host())?;
        Ok(Self { _file: file })
    }
}

fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if name.trim().is_empty() { "unknown".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_106_the_second_holder_is_refused_with_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = DataLock::take(dir.path()).unwrap();
        let refusal = DataLock::take(dir.path()).err().unwrap().to_string();
        assert!(refusal.contains(&format!("process {}", std::process::id())), "{refusal}");
        drop(first);
        assert!(DataLock::take(dir.path()).is_ok());
    }
}
