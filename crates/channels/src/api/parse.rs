//! `{"events": […]}` item by item: one poisoned item never spoils the others.

use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_domain::Timestamp;
use tertulia_domain::content::{self, Content, LINE_CHARS_MAX, TEXT_CHARS_MAX};
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::span::{self, Span};

use super::ATTACHMENTS_MAX;
use crate::inbound::{
    Inbound, InboundContact, InboundDelete, InboundEdit, InboundFile, InboundMessage,
    InboundReaction, InboundReceipt, InboundTyping, Item, UnreadableBody, UnreadableItem,
};

/// Most events of one request.
const EVENTS_MAX: usize = 1_000;
/// Longest id of the other side, in Unicode scalar values.
const ID_CHARS_MAX: usize = 255;
/// Most attributes of a contact.
const ATTRIBUTES_MAX: usize = 100;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Event {
    Message(Box<Message>),
    Edit {
        id: String,
        message_id: String,
        text: String,
        #[serde(default)]
        spans: Vec<Span>,
    },
    Delete {
        id: String,
        message_id: String,
    },
    Reaction {
        id: String,
        message_id: String,
        contact_id: String,
        emoji: Option<String>,
    },
    Receipt(Receipt),
    Typing {
        contact_id: String,
        on: bool,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    id: String,
    contact: Contact,
    content: Value,
    /// Formatting of the content's text.
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    attachments: Vec<File>,
    reply_to: Option<String>,
    sent_at: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    id: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    locale: Option<String>,
    #[serde(default)]
    attributes: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    url: Option<String>,
    token: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    id: String,
    message_id: i64,
    status: ReceiptStatus,
    code: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReceiptStatus {
    Sent,
    Delivered,
    Read,
    Rejected,
}

/// Reads the body.
pub(super) fn parse(body: &[u8]) -> Result<Vec<Item>, UnreadableBody> {
    let unreadable = |reason: String| UnreadableBody { reason };
    let body: Value =
        serde_json::from_slice(body).map_err(|e| unreadable(format!("not JSON: {e}")))?;
    let Some(events) = body.get("events").and_then(Value::as_array) else {
        return Err(unreadable("there is no list `events`".to_owned()));
    };
    if events.len() > EVENTS_MAX {
        let count = events.len();
        return Err(unreadable(format!("{count} events; at most {EVENTS_MAX} in one request")));
    }
    Ok(events.iter().map(item).collect())
}

fn item(event: &Value) -> Item {
    read(event).map_err(|reason| UnreadableItem {
        id: event.get("id").and_then(Value::as_str).map(str::to_owned),
        reason,
        raw: event.to_string().into_bytes(),
    })
}

fn read(event: &Value) -> Result<Inbound, String> {
    let event: Event = serde_path_to_error::deserialize(event).map_err(|e| e.to_string())?;
    Ok(match event {
        Event::Message(message) => Inbound::Message(Box::new(read_message(*message)?)),
        Event::Edit { id, message_id, text, spans } => {
            content::visible("/text", &text, TEXT_CHARS_MAX).map_err(|e| e.to_string())?;
            span::validate(&spans, &text).map_err(|e| e.to_string())?;
            Inbound::Edit(InboundEdit {
                id: known_id("/id", id)?,
                message_id: known_id("/message_id", message_id)?,
                text,
                spans,
                rank: None,
            })
        }
        Event::Delete { id, message_id } => Inbound::Delete(InboundDelete {
            id: known_id("/id", id)?,
            message_id: known_id("/message_id", message_id)?,
        }),
        Event::Reaction { id, message_id, contact_id, emoji } => {
            line("/emoji", emoji.as_deref())?;
            Inbound::Reaction(InboundReaction {
                id: known_id("/id", id)?,
                message_id: known_id("/message_id", message_id)?,
                address: known_id("/contact_id", contact_id)?,
                author: None,
                emoji,
                rank: None,
            })
        }
        Event::Receipt(receipt) => Inbound::Receipt(read_receipt(receipt)?),
        Event::Typing { contact_id, on } => {
            Inbound::Typing(InboundTyping { address: known_id("/contact_id", contact_id)?, on })
        }
    })
}

fn read_message(message: Message) -> Result<InboundMessage, String> {
    if message.attachments.len() > ATTACHMENTS_MAX {
        return Err(format!("/attachments: more than {ATTACHMENTS_MAX}"));
    }
    let files = message.attachments.into_iter().enumerate().map(|(i, file)| read_file(i, file));
    let content = read_content(&message.content)?;
    content.validate().map_err(|e| format!("/content{e}"))?;
    if let Some(reply_to) = &message.reply_to {
        line("/reply_to", Some(reply_to))?;
    }
    span::validate(&message.spans, &content.plain_text()).map_err(|e| e.to_string())?;
    let (id, contact) = (known_id("/id", message.id)?, read_contact(message.contact)?);
    Ok(InboundMessage {
        spans: message.spans,
        files: files.collect::<Result<_, _>>()?,
        reply_to: message.reply_to,
        sent_at: message.sent_at,
        ..InboundMessage::new(id, contact, content)
    })
}

/// Kinds of content that are not known become a bubble that says so; those that only the business
/// can write are refused.
fn read_content(value: &Value) -> Result<Content, String> {
    let kind = value.get("type").and_then(Value::as_str).ok_or("/content/type: is missing")?;
    match kind {
        "text" | "image" | "file" | "audio" | "video" | "sticker" | "location" | "contact"
        | "reply" | "email" | "unsupported" => {
            serde_path_to_error::deserialize(value).map_err(|e| format!("/content: {e}"))
        }
        "buttons" | "cards" | "form" | "template" | "activity" => {
            Err(format!("/content/type: a customer cannot send {kind:?}"))
        }
        unknown => {
            let text = value.get("text").and_then(Value::as_str).unwrap_or_default();
            Ok(Content::Unsupported { kind: unknown.to_owned(), text: text.to_owned() })
        }
    }
}

fn read_contact(contact: Contact) -> Result<InboundContact, String> {
    for (pointer, value) in [
        ("/contact/email", &contact.email),
        ("/contact/phone", &contact.phone),
        ("/contact/locale", &contact.locale),
    ] {
        line(pointer, value.as_deref())?;
    }
    if contact.attributes.len() > ATTRIBUTES_MAX {
        return Err(format!("/contact/attributes: more than {ATTRIBUTES_MAX}"));
    }
    if Value::Object(contact.attributes.clone()).to_string().contains("\\u0000") {
        return Err("/contact/attributes: contains NUL, which no text may".to_owned());
    }
    Ok(InboundContact {
        address: known_id("/contact/id", contact.id)?,
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        locale: contact.locale,
        attributes: contact.attributes,
        picture: None,
    })
}

fn read_file(index: usize, file: File) -> Result<InboundFile, String> {
    line("/attachments/name", file.name.as_deref())?;
    match (file.token, file.url) {
        (Some(token), None) => Ok(InboundFile::Uploaded { token }),
        (None, Some(url)) => {
            content::link("/attachments/url", Some(&url)).map_err(|e| e.to_string())?;
            let name = file.name.unwrap_or_else(|| last_part(&url).to_owned());
            Ok(InboundFile::Remote { reference: url, name })
        }
        (Some(_), Some(_)) | (None, None) => {
            Err(format!("/attachments/{index}: needs either `token` or `url`"))
        }
    }
}

/// What a file is called by its address.
fn last_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn read_receipt(receipt: Receipt) -> Result<InboundReceipt, String> {
    line("/code", receipt.code.as_deref())?;
    line("/detail", receipt.detail.as_deref())?;
    Ok(InboundReceipt {
        id: known_id("/id", receipt.id)?,
        message_id: receipt.message_id,
        status: match receipt.status {
            ReceiptStatus::Sent => DeliveryStatus::Sent,
            ReceiptStatus::Delivered => DeliveryStatus::Delivered,
            ReceiptStatus::Read => DeliveryStatus::Read,
            ReceiptStatus::Rejected => DeliveryStatus::Rejected,
        },
        code: receipt.code,
        detail: receipt.detail,
    })
}

/// An id of the other side: visible, bounded, kept to the letter.
fn known_id(pointer: &str, id: String) -> Result<String, String> {
    content::visible(pointer, &id, ID_CHARS_MAX).map_err(|e| e.to_string())?;
    Ok(id)
}

fn line(pointer: &str, text: Option<&str>) -> Result<(), String> {
    text.map_or(Ok(()), |text| content::chars(pointer, text, LINE_CHARS_MAX))
        .map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line per case: what comes in, and a word of what is made of it.
    const CASES: &str = include_str!("../../fixtures/api/items.jsonl");

    #[derive(Deserialize)]
    struct Case {
        name: String,
        event: Value,
        becomes: String,
    }

    fn summary(item: &Item) -> String {
        match item {
            Ok(Inbound::Message(message)) => {
                format!("message {} {}", message.content.kind(), message.content.plain_text())
            }
            Ok(inbound) => inbound.key().unwrap_or_else(|| "typing".to_owned()),
            Err(unreadable) => format!("unreadable: {}", unreadable.reason),
        }
    }

    #[test]
    fn every_recorded_item_becomes_what_it_should() {
        for line in CASES.lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            let body = serde_json::json!({ "events": [case.event] }).to_string();
            let items = parse(body.as_bytes()).unwrap();
            let got = summary(&items[0]);
            assert!(got.contains(&case.becomes), "{}: {got}", case.name);
        }
    }

    #[test]
    fn row_35_one_poisoned_item_among_a_thousand_leaves_the_others() {
        let good = |i: usize| serde_json::json!({"type": "typing", "contact_id": format!("c{i}"), "on": true});
        let mut events: Vec<Value> = (0..EVENTS_MAX).map(good).collect();
        events[500] = serde_json::json!({"type": "message", "id": 7});
        let items = parse(serde_json::json!({ "events": events }).to_string().as_bytes()).unwrap();
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), EVENTS_MAX - 1);
        let Err(poison) = &items[500] else { panic!("the poison was read") };
        assert!(String::from_utf8_lossy(&poison.raw).contains("\"id\":7"));
    }

    #[test]
    fn a_body_that_is_no_list_of_events_says_so() {
        for body in ["", "{", "[]", "{}", r#"{"events": {}}"#, "\u{FEFF}{}"] {
            assert!(parse(body.as_bytes()).is_err(), "{body:?}");
        }
        let many = serde_json::json!({ "events": vec![1; EVENTS_MAX + 1] }).to_string();
        assert!(parse(many.as_bytes()).unwrap_err().reason.contains("1001 events"));
    }

    #[test]
    fn row_38_large_numbers_and_odd_ids_are_kept_exactly() {
        let body = r#"{"events": [{"type": "receipt", "id": "r", "message_id": 9007199254740993,
            "status": "read"}]}"#;
        let Ok(Inbound::Receipt(receipt)) = &parse(body.as_bytes()).unwrap()[0] else { panic!() };
        assert_eq!(receipt.message_id, 9_007_199_254_740_993);
    }
}
