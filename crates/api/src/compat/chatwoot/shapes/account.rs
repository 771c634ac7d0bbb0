//! An account inside another thing.

use serde_json::{Value, json};

use super::Cast;

/// `{id, name}`.
pub(crate) fn brief(cast: &Cast) -> Value {
    json!({"id": cast.account.id, "name": cast.account.name})
}
