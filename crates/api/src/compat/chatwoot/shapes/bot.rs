//! A bot, which is an app here, inside another thing.

use serde_json::{Value, json};

/// As the sender of a message and as an assignee.
pub(crate) fn push(id: i64, name: &str) -> Value {
    json!({"id": id, "name": name, "avatar_url": "", "type": "agent_bot"})
}

/// As the sender of a message in a webhook.
pub(crate) fn webhook(id: i64, name: &str) -> Value {
    json!({"id": id, "name": name, "type": "agent_bot"})
}
