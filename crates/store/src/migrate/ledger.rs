//! The list of migrations that a database has had, and whether it is one of ours.

use super::Link;
use crate::error::{Error, Result};
use crate::schema::MIGRATIONS;

/// The table with the list.
const NAME: &str = "schema_migrations";
/// Foreign tables that are named in a refusal.
const NAMED_MAX: usize = 3;

pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT PRIMARY KEY,
    name TEXT NOT NULL
)";

/// The newest migration that this binary has.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// The version of a database, 0 when it is empty. Refuses one that is newer than this binary, that has
/// lost a step, or that belongs to something else.
pub(crate) fn version(link: &mut Link) -> Result<i64> {
    let tables = link.tables()?;
    let is_listed = tables.iter().any(|table| table == NAME);
    let rows = "SELECT version || ' ' || name FROM schema_migrations ORDER BY version";
    let applied = match is_listed {
        // A list of another form is another product's.
        true => link.texts(rows).map_err(|_| unfit(foreign(&tables)))?,
        false => Vec::new(),
    };
    judge(&tables, &applied).map_err(unfit)
}

/// `applied` are lines of `version name`, in order.
fn judge(tables: &[String], applied: &[String]) -> Result<i64, String> {
    let (mut current, newest) = (0, newest());
    for line in applied {
        let (version, name) = line.split_once(' ').ok_or_else(|| foreign(tables))?;
        let version: i64 = version.parse().map_err(|_| foreign(tables))?;
        match MIGRATIONS.iter().find(|migration| migration.version == version) {
            Some(ours) if ours.name != name => return Err(foreign(tables)),
            Some(_) if version != current + 1 => {
                return Err(format!(
                    "it is half migrated: version {version} is there and {} is not; restore a backup",
                    current + 1
                ));
            }
            // What a newer binary did stands behind all that this one knows.
            None if current != newest => return Err(foreign(tables)),
            Some(_) | None => current = current.max(version.min(newest)),
        }
        if version > newest {
            return Err(format!(
                "it is at version {}, this binary knows {newest}; use a newer binary",
                last(applied)
            ));
        }
    }
    let has_others = tables.iter().any(|table| table != NAME);
    if applied.is_empty() && has_others { Err(foreign(tables)) } else { Ok(current) }
}

fn last(applied: &[String]) -> &str {
    applied.last().and_then(|line| line.split(' ').next()).unwrap_or_default()
}

fn foreign(tables: &[String]) -> String {
    let named: Vec<&str> = tables.iter().map(String::as_str).take(NAMED_MAX).collect();
    let more = if tables.len() > NAMED_MAX { ", …" } else { "" };
    format!(
        "it belongs to something else (tables {}{more}); use an empty database",
        named.join(", ")
    )
}

fn unfit(reason: String) -> Error {
    Error::Unfit { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[track_caller]
    fn refused(tables: &[&str], applied: &[&str], words: &str) {
        let refusal = judge(&lines(tables), &lines(applied)).unwrap_err();
        assert!(refusal.contains(words), "{refusal}");
    }

    #[test]
    fn only_our_own_history_is_taken() {
        let ours: Vec<String> =
            MIGRATIONS.iter().map(|it| format!("{} {}", it.version, it.name)).collect();
        let tables = lines(&["messages", "schema_migrations"]);
        assert_eq!(judge(&[], &[]), Ok(0));
        assert_eq!(judge(&lines(&["schema_migrations"]), &[]), Ok(0));
        for count in 1..=ours.len() {
            assert_eq!(judge(&tables, &ours[..count]), Ok(MIGRATIONS[count - 1].version));
        }
        refused(&["posts", "users"], &[], "something else (tables posts, users)");
        refused(&["a", "b", "c", "d"], &[], "(tables a, b, c, …)");
        refused(&["schema_migrations", "users"], &[], "something else");
        refused(&["users"], &["20240101120000 "], "something else");
        refused(&["users"], &["1 init"], "something else");
        refused(&["messages"], &["2 search"], "half migrated: version 2 is there and 1 is not");
        let mut newer = ours.clone();
        newer.push(format!("{} future", newest() + 1));
        newer.push("999 far".to_owned());
        let refusal = judge(&tables, &newer).unwrap_err();
        assert!(refusal.contains(&format!("at version 999, this binary knows {}", newest())));
    }
}
