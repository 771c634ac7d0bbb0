//! Telegram's refusals, with its own codes and texts: clients decide by them.

use serde_json::{Value, json};

/// An answer with `ok: false`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: u16,
    pub description: String,
    /// `retry_after` or `migrate_to_chat_id`.
    pub parameters: Option<Value>,
}

impl Refusal {
    pub(crate) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), parameters: None }
    }

    /// 400 with Telegram's prefix.
    pub(crate) fn bad(text: &str) -> Self {
        Self::new(400, format!("Bad Request: {text}"))
    }

    pub(crate) fn forbidden(text: &str) -> Self {
        Self::new(403, format!("Forbidden: {text}"))
    }

    pub(crate) fn conflict(text: &str) -> Self {
        Self::new(409, format!("Conflict: {text}"))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(crate) fn too_many(retry_after_secs: i64) -> Self {
        Self {
            code: 429,
            description: format!("Too Many Requests: retry after {retry_after_secs}"),
            parameters: Some(json!({"retry_after": retry_after_secs})),
        }
    }

    pub(crate) fn migrated(to: i64) -> Self {
        Self {
            parameters: Some(json!({"migrate_to_chat_id": to})),
            ..Self::bad("group chat was upgraded to a supergroup chat")
        }
    }

    pub(crate) fn body(&self) -> Value {
        let mut body =
            json!({"ok": false, "error_code": self.code, "description": self.description});
        if let (Some(parameters), Some(body)) = (&self.parameters, body.as_object_mut()) {
            body.insert("parameters".to_owned(), parameters.clone());
        }
        body
    }
}
