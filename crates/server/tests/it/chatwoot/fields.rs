//! The shapes of the reference, field by field: what must be there and of which type, and what may be.

use serde_json::Value;

/// Fields and their types: `int`, `number`, `string`, `bool`, `object`, `array`, `null`, joined by `|`.
/// A name with `?` may be missing.
pub(super) type Fields = &'static [(&'static str, &'static str)];

pub(super) const MESSAGE: Fields = &[
    ("id", "int"),
    ("content", "string|null"),
    ("inbox_id", "int"),
    ("echo_id?", "string|int"),
    ("conversation_id", "int"),
    ("message_type", "int"),
    ("content_type", "string"),
    ("status", "string"),
    ("content_attributes", "object"),
    ("created_at", "int"),
    ("private", "bool"),
    ("source_id", "string|null"),
    ("sender?", "object"),
    ("attachments?", "array"),
];

pub(super) const CONVERSATION: Fields = &[
    ("meta", "object"),
    ("id", "int"),
    ("messages", "array"),
    ("account_id", "int"),
    ("uuid", "string"),
    ("additional_attributes", "object"),
    ("agent_last_seen_at", "int"),
    ("assignee_last_seen_at", "int"),
    ("can_reply", "bool"),
    ("contact_last_seen_at", "int"),
    ("custom_attributes", "object"),
    ("inbox_id", "int"),
    ("labels", "array"),
    ("muted", "bool"),
    ("snoozed_until", "int|null"),
    ("status", "string"),
    ("created_at", "int"),
    ("updated_at", "number"),
    ("timestamp", "int"),
    ("first_reply_created_at", "int"),
    ("unread_count", "int"),
    ("last_non_activity_message", "object|null"),
    ("last_activity_at", "int"),
    ("priority", "string|null"),
    ("waiting_since", "int"),
    ("sla_policy_id", "null"),
];

pub(super) const CONVERSATION_META: Fields = &[
    ("sender", "object"),
    ("channel", "string"),
    ("assignee?", "object"),
    ("assignee_type?", "string"),
    ("team?", "object"),
    ("hmac_verified", "bool"),
];

/// A message inside a conversation: all its columns.
pub(super) const PUSHED_MESSAGE: Fields = &[
    ("id", "int"),
    ("content", "string|null"),
    ("account_id", "int"),
    ("inbox_id", "int"),
    ("conversation_id", "int"),
    ("message_type", "int"),
    ("created_at", "int"),
    ("updated_at", "string"),
    ("private", "bool"),
    ("status", "string"),
    ("source_id", "string|null"),
    ("content_type", "string"),
    ("content_attributes", "object"),
    ("sender_type", "string|null"),
    ("sender_id", "int|null"),
    ("external_source_ids", "object"),
    ("additional_attributes", "object"),
    ("processed_message_content", "string|null"),
    ("sentiment", "object"),
    ("conversation", "object"),
    ("attachments?", "array"),
    ("sender?", "object"),
];

pub(super) const CONTACT: Fields = &[
    ("additional_attributes", "object"),
    ("availability_status", "string"),
    ("email", "string|null"),
    ("id", "int"),
    ("name", "string"),
    ("phone_number", "string|null"),
    ("blocked", "bool"),
    ("identifier", "string|null"),
    ("thumbnail", "string"),
    ("custom_attributes", "object"),
    ("last_activity_at", "int"),
    ("created_at", "int"),
    ("contact_inboxes?", "array"),
];

/// A contact as the sender of a message.
pub(super) const PUSHED_CONTACT: Fields = &[
    ("additional_attributes", "object"),
    ("custom_attributes", "object"),
    ("email", "string|null"),
    ("id", "int"),
    ("identifier", "string|null"),
    ("name", "string"),
    ("phone_number", "string|null"),
    ("thumbnail", "string"),
    ("blocked", "bool"),
    ("type", "string"),
];

/// A person as the sender of a message.
pub(super) const PUSHED_USER: Fields = &[
    ("id", "int"),
    ("name", "string"),
    ("available_name", "string"),
    ("avatar_url", "string"),
    ("type", "string"),
    ("availability_status", "string"),
    ("thumbnail", "string"),
];

pub(super) const ATTACHMENT: Fields = &[
    ("id", "int"),
    ("message_id", "int"),
    ("file_type", "string"),
    ("account_id", "int"),
    ("extension", "string|null"),
    ("data_url", "string"),
    ("thumb_url", "string"),
    ("file_size", "int"),
    ("content_type", "string"),
    ("width", "int|null"),
    ("height", "int|null"),
    ("created_at?", "int"),
    ("sender?", "object"),
];

pub(super) const CONTACT_INBOX: Fields = &[("source_id", "string"), ("inbox", "object")];

pub(super) const SLIM_INBOX: Fields = &[
    ("id", "int"),
    ("avatar_url", "string"),
    ("channel_id", "int"),
    ("name", "string"),
    ("channel_type", "string"),
    ("provider", "null"),
];

/// Fails the test unless the object has these fields, of these types, and no others.
#[track_caller]
pub(super) fn has(value: &Value, fields: Fields) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    for (name, types) in fields {
        let (name, may_miss) = match name.strip_suffix('?') {
            Some(name) => (name, true),
            None => (*name, false),
        };
        match object.get(name) {
            None => assert!(may_miss, "{name} is missing: {value:#}"),
            Some(found) => {
                assert!(types.split('|').any(|t| is(found, t)), "{name} is {found}, not {types}");
            }
        }
    }
    let known = |key: &str| fields.iter().any(|(name, _)| name.trim_end_matches('?') == key);
    let others: Vec<_> = object.keys().filter(|key| !known(key)).collect();
    assert!(others.is_empty(), "nobody knows {others:?}");
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "int" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "bool" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => value.is_null(),
    }
}
