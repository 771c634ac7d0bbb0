//! Rows, read column by column in the order of the statement, the same for both engines.

use serde_json::{Map, Value};
use tertulia_domain::Timestamp;

use crate::error::{Error, Result};

/// One result row; [`Row::take`] reads the next column.
pub struct Row<'a> {
    source: Source<'a>,
    column: usize,
}

enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

/// A value that can be read from a column.
pub trait FromColumn: Sized {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self>;
}

impl<'a> Row<'a> {
    pub(crate) fn sqlite(row: &'a rusqlite::Row<'a>) -> Self {
        Self { source: Source::Sqlite(row), column: 0 }
    }

    pub(crate) fn postgres(row: &'a postgres::Row) -> Self {
        Self { source: Source::Postgres(row), column: 0 }
    }

    /// Reads the next column.
    pub fn take<T: FromColumn>(&mut self) -> Result<T> {
        let column = self.column;
        self.column += 1;
        T::from_column(self, column)
    }

    fn driver<S, P>(&self, column: usize) -> Result<S>
    where
        S: rusqlite::types::FromSql + From<P>,
        P: for<'b> postgres::types::FromSql<'b>,
    {
        match self.source {
            Source::Sqlite(row) => row.get::<_, S>(column).map_err(|e| damaged(column, &e)),
            Source::Postgres(row) => {
                row.try_get::<_, P>(column).map(S::from).map_err(|e| damaged(column, &e))
            }
        }
    }

    /// The text of a JSON column.
    pub(crate) fn json(&self, column: usize) -> Result<String> {
        match self.source {
            Source::Sqlite(row) => row.get::<_, String>(column).map_err(|e| damaged(column, &e)),
            Source::Postgres(row) => row
                .try_get::<_, JsonText>(column)
                .map(|text| text.0)
                .map_err(|e| damaged(column, &e)),
        }
    }

    fn is_null(&self, column: usize) -> Result<bool> {
        match self.source {
            Source::Sqlite(row) => row
                .get_ref(column)
                .map(|value| value == rusqlite::types::ValueRef::Null)
                .map_err(|e| damaged(column, &e)),
            Source::Postgres(row) => row
                .try_get::<_, Option<Raw>>(column)
                .map(|value| value.is_none())
                .map_err(|e| damaged(column, &e)),
        }
    }
}

fn damaged(column: usize, error: &dyn std::fmt::Display) -> Error {
    Error::Damaged { reason: format!("column {column}: {error}") }
}

impl FromColumn for i64 {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        row.driver::<i64, i64>(column)
    }
}

impl FromColumn for bool {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        row.driver::<bool, bool>(column)
    }
}

impl FromColumn for String {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        row.driver::<String, String>(column)
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        row.driver::<Vec<u8>, Vec<u8>>(column)
    }
}

impl FromColumn for Timestamp {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        i64::from_column(row, column).map(Timestamp)
    }
}

impl FromColumn for Value {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        let text = row.json(column)?;
        serde_json::from_str(&text).map_err(|e| damaged(column, &e))
    }
}

impl FromColumn for Map<String, Value> {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        match Value::from_column(row, column)? {
            Value::Object(map) => Ok(map),
            other => Err(damaged(column, &format!("expected a JSON object, found {other}"))),
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        if row.is_null(column)? { Ok(None) } else { T::from_column(row, column).map(Some) }
    }
}

macro_rules! ids_from_column {
    ($($id:ty,)+) => {
        $(impl FromColumn for $id {
            fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
                i64::from_column(row, column).map(Self)
            }
        })+
    };
}
tertulia_domain::for_each_id!(ids_from_column);

macro_rules! enums_from_column {
    ($($set:ty,)+) => {
        $(impl FromColumn for $set {
            fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
                let text = String::from_column(row, column)?;
                text.parse().map_err(|e| damaged(column, &e))
            }
        })+
    };
}
tertulia_domain::for_each_stored_enum!(enums_from_column);

/// Any PostgreSQL value, read only to see whether it is there.
struct Raw;

impl<'a> postgres::types::FromSql<'a> for Raw {
    fn from_sql(
        _: &postgres::types::Type,
        _: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw)
    }

    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
}

/// The text of a `json` or `jsonb` value.
struct JsonText(String);

impl<'a> postgres::types::FromSql<'a> for JsonText {
    fn from_sql(
        ty: &postgres::types::Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        // The binary form of `jsonb` has a version byte in front.
        let text = match raw.split_first() {
            Some((1, rest)) if *ty == postgres::types::Type::JSONB => rest,
            _ => raw,
        };
        Ok(JsonText(std::str::from_utf8(text)?.to_owned()))
    }

    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
}
