//! Chatwoot's `items`: what there is to choose, to read or to fill in.

use serde_json::{Value, json};
use tertulia_domain::content::{Button, Card, Content};
use tertulia_domain::inbox::{FieldKind, FormField};

/// The items of content that has some.
pub(super) fn items(content: &Content) -> Option<Value> {
    match content {
        Content::Buttons { text, buttons } if buttons.iter().any(|b| b.url.is_some()) => {
            Some(json!([{
                "title": text,
                "description": "",
                "media_url": null,
                "actions": actions(buttons),
            }]))
        }
        Content::Buttons { buttons, .. } => {
            Some(buttons.iter().map(|b| json!({"title": b.title, "value": b.id})).collect())
        }
        Content::Cards { cards } => Some(cards.iter().map(card).collect()),
        Content::Form { fields, .. } if super::is_email(fields) => None,
        Content::Form { fields, .. } => Some(fields.iter().map(field).collect()),
        _ => None,
    }
}

fn card(card: &Card) -> Value {
    json!({
        "title": card.title,
        "description": card.subtitle,
        "media_url": card.image_url,
        "actions": actions(&card.buttons),
    })
}

fn actions(buttons: &[Button]) -> Value {
    let action = |button: &Button| match &button.url {
        Some(url) => json!({"type": "link", "text": button.title, "uri": url}),
        None => json!({"type": "postback", "text": button.title, "payload": button.id}),
    };
    buttons.iter().map(action).collect()
}

fn field(field: &FormField) -> Value {
    let choice = |label: &str, value: &str| json!({"label": label, "value": value});
    let mut item = json!({
        "name": field.key,
        "label": field.label,
        "type": kind(field.kind),
        "required": field.required,
    });
    let options: Vec<Value> = match field.kind {
        FieldKind::Select => field.options.iter().map(|option| choice(option, option)).collect(),
        // Chatwoot has no box to tick, so it is a choice of the two values that come back.
        FieldKind::Checkbox => vec![choice("Yes", "true"), choice("No", "false")],
        FieldKind::Text | FieldKind::Email | FieldKind::Phone => Vec::new(),
    };
    if let (false, Value::Object(item)) = (options.is_empty(), &mut item) {
        item.insert("options".to_owned(), options.into());
    }
    item
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Email => "email",
        FieldKind::Select | FieldKind::Checkbox => "select",
        FieldKind::Text | FieldKind::Phone => "text",
    }
}
