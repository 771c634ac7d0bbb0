//! Full-text indexes: FTS5 on SQLite, `tsvector` on PostgreSQL. Words come folded from `domain`.

use tertulia_domain::AccountId;

use crate::db::Engine;
use crate::{ReadTx, Result, WriteTx, params};

/// Replaces the words of a row.
pub(crate) fn put(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    table: &'static str,
    id: i64,
    words: &str,
) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => {
            let sql = format!(
                "INSERT OR REPLACE INTO {table} (rowid, account_id, words) VALUES ($1, $2, $3)"
            );
            tx.execute(&sql, params![id, account_word(account), words])?;
        }
        Engine::Postgres => {
            let sql = format!(
                "INSERT INTO {table} (id, account_id, words) VALUES ($1, $2, to_tsvector('simple', $3)) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words"
            );
            tx.execute(&sql, params![id, account, words])?;
        }
    }
    Ok(())
}

/// Takes a row out of the index.
pub(crate) fn forget(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    table: &'static str,
    id: i64,
) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => {
            let sql = format!("DELETE FROM {table} WHERE account_id = $1 AND rowid = $2");
            tx.execute(&sql, params![account_word(account), id])?;
        }
        Engine::Postgres => {
            let sql = format!("DELETE FROM {table} WHERE account_id = $1 AND id = $2");
            tx.execute(&sql, params![account, id])?;
        }
    }
    Ok(())
}

/// The predicate on alias `s` with the pattern as `$2`, and the pattern itself.
pub(crate) fn matching(
    tx: &ReadTx<'_>,
    account: AccountId,
    table: &'static str,
    words: &[String],
) -> (String, String) {
    match tx.engine() {
        Engine::Sqlite => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
            let pattern =
                format!("account_id:{} AND words:({})", account_word(account), words.join(" AND "));
            (format!("s.{table} MATCH $2"), pattern)
        }
        Engine::Postgres => {
            let words: Vec<String> = words.iter().map(|word| format!("{word}:*")).collect();
            let matching = "s.account_id = $1 AND s.words @@ to_tsquery('simple', $2)".to_owned();
            (matching, words.join(" & "))
        }
    }
}

/// What the row's id is called.
pub(crate) fn id_column(tx: &ReadTx<'_>) -> &'static str {
    match tx.engine() {
        Engine::Sqlite => "rowid",
        Engine::Postgres => "id",
    }
}

fn account_word(account: AccountId) -> String {
    format!("a{account}")
}
