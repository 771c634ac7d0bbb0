//! Where the published document is wrong: the place, the schema that is right, and how that is known.
//!
//! "Captured" is what Chatwoot 4.15 was seen to answer, "source" what its code says.

/// A JSON pointer into `contract.json`, what belongs there, and why.
pub(super) const DEVIATIONS: &[(&str, &str, &str)] = &[
    (
        "/schemas/message/properties/content",
        r#"{"type": ["string", "null"]}"#,
        "Captured: a message that is only a file has no content.",
    ),
    (
        "/schemas/conversation/properties/status",
        r#"{"enum": ["open", "resolved", "pending", "snoozed"]}"#,
        "Source: the fourth status was forgotten.",
    ),
    (
        "/schemas/inbox_contact/properties/provider",
        r#"{"type": ["string", "null"]}"#,
        "Source: only channels of several providers name one; the other schema of it says so too.",
    ),
    (
        "/answers/POST ~1api~1v1~1accounts~1{account_id}~1conversations~1{conversation_id}~1assignments",
        r##"{"anyOf": [{"$ref": "#/components/schemas/user"}, {"$ref": "#/components/schemas/team"}, {"type": "null"}]}"##,
        "Source: it answers what was assigned, also a team, or nobody.",
    ),
    (
        "/schemas/contact/properties",
        "{}",
        "The document shows the list of contacts (`payload`) where one contact is meant.",
    ),
    (
        "/answers/POST ~1api~1v1~1accounts~1{account_id}~1contacts",
        r##"{"type": "object", "required": ["payload"], "properties": {"payload": {"type": "object",
            "required": ["contact", "contact_inbox"], "properties": {
                "contact": {"$ref": "#/components/schemas/contact_list_item"}, "contact_inbox": {"type": "object"}}}}}"##,
        "Captured: the new contact is nested in `payload`, with its address beside it.",
    ),
];
