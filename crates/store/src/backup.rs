//! Backups of the embedded database: a consistent copy while the server works, checked before it counts.

use std::path::Path;

use crate::db::connect_sqlite;
use crate::error::{Error, Result};

/// Copies the database file at `from` into the new file `to`, as it is at one moment, and checks the copy.
///
/// Blocks for as long as the copy takes; run it on a thread that may. Writers are not held up. A copy
/// that fails its check, or that did not fit on the disk, is removed.
pub fn copy_sqlite(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Error::Refused { reason: format!("{} exists already", to.display()) });
    }
    let copied = copy(from, to).and_then(|()| check_sqlite(to));
    if copied.is_err() && to.exists() {
        std::fs::remove_file(to).map_err(|e| Error::Unavailable { reason: e.to_string() })?;
    }
    copied
}

/// Reads the whole database and answers an error that says what is wrong with it.
pub fn check_sqlite(path: &Path) -> Result<()> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection =
        rusqlite::Connection::open_with_flags(path, flags).map_err(|e| Error::sqlite(&e))?;
    let finding: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(|e| Error::sqlite(&e))?;
    if finding != "ok" {
        return Err(Error::Damaged { reason: finding });
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let target = to.to_str().ok_or_else(|| Error::Refused {
        reason: format!("{} is not valid Unicode", to.display()),
    })?;
    let source = connect_sqlite(from)?;
    source.execute("VACUUM INTO ?1", [target]).map_err(|e| Error::sqlite(&e))?;
    let file = std::fs::File::open(to).map_err(|e| Error::Unavailable { reason: e.to_string() })?;
    file.sync_all().map_err(|e| Error::Unavailable { reason: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StoreConfig;

    fn database(dir: &Path) -> std::path::PathBuf {
        let path = dir.join("a.db");
        crate::migrate(&StoreConfig::Sqlite { path: path.clone(), readers: 1 }).unwrap();
        let connection = connect_sqlite(&path).unwrap();
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')", []).unwrap();
        path
    }

    #[test]
    fn a_copy_made_during_writes_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (path, copy) = (database(dir.path()), dir.path().join("b.db"));
        let writer = connect_sqlite(&path).unwrap();
        writer.execute_batch("BEGIN IMMEDIATE; INSERT INTO meta VALUES ('open', 'x')").unwrap();
        copy_sqlite(&path, &copy).unwrap();
        writer.execute_batch("COMMIT").unwrap();
        let count = connect_sqlite(&copy).unwrap();
        let keys: String =
            count.query_row("SELECT group_concat(key) FROM meta", [], |row| row.get(0)).unwrap();
        assert_eq!(keys, "kept", "what had not committed is not in the copy");
    }

    #[test]
    fn an_existing_file_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let (path, copy) = (database(dir.path()), dir.path().join("b.db"));
        std::fs::write(&copy, "precious").unwrap();
        assert!(copy_sqlite(&path, &copy).is_err());
        assert_eq!(std::fs::read_to_string(&copy).unwrap(), "precious");
    }

    #[test]
    fn a_damaged_file_is_found_out() {
        let dir = tempfile::tempdir().unwrap();
        let (path, copy) = (database(dir.path()), dir.path().join("b.db"));
        copy_sqlite(&path, &copy).unwrap();
        let mut bytes = std::fs::read(&copy).unwrap();
        let middle = bytes.len() / 2;
        for byte in bytes.iter_mut().skip(middle).take(8_192) {
            *byte = !*byte;
        }
        std::fs::write(&copy, &bytes).unwrap();
        assert!(check_sqlite(&copy).is_err());
        std::fs::write(&copy, "not a database").unwrap();
        assert!(check_sqlite(&copy).is_err());
    }
}
