//! The text of a JSON column as it is stored: most readers pass it on without looking inside.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::param::{Param, ToParam};
use super::row::{FromColumn, Row};
use crate::error::Result;

/// Valid JSON, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json(String);

impl Json {
    /// A column's text; the database took it as JSON, so it is not checked again.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Reads what is wanted of it.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }

    /// Writes something down as JSON. Fails for what JSON cannot say: a map whose keys are no texts.
    pub fn of(value: &impl Serialize) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(Self)
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value.to_string())
    }
}

impl ToParam for Json {
    fn to_param(&self) -> Param<'_> {
        Param::Json(Cow::Borrowed(&self.0))
    }
}

impl FromColumn for Json {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        row.json(column).map(Self::stored)
    }
}
