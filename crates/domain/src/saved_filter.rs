//! A saved filter: a person's question to a list, under a name. Only its owner sees it.

use serde_json::{Map, Value};

use crate::attribute_definition::Subject;
use crate::{SavedFilterId, Timestamp, UserId};

/// Largest query, in bytes of JSON.
pub const QUERY_BYTES_MAX: usize = 16_384;
/// Most filters of one person in an account.
pub const FILTERS_PER_USER_MAX: i64 = 1_000;

/// A filter of a list. `query` belongs to the program that wrote it: it is kept and not run here.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub user_id: UserId,
    pub subject: Subject,
    pub name: String,
    pub query: Map<String, Value>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
