//! From Chatwoot's text with attributes to our typed content.

use serde_json::{Map, Value};
use tertulia_domain::attachment::MediaKind;
use tertulia_domain::content::{Button, Card, Content};
use tertulia_domain::inbox::{FieldKind, FormField};

use crate::compat::chatwoot::refusal::Refusal;

const PLACE: &str = "content_attributes";

/// What a client says that a message is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) text: String,
    /// `content_type`; empty is `text`.
    pub(crate) kind: String,
    /// `content_attributes`.
    pub(crate) attributes: Map<String, Value>,
    /// What the first file of the message is, if it has files.
    pub(crate) file: Option<MediaKind>,
}

/// The content, or what of it makes no sense.
pub(crate) fn read(said: Said) -> Result<Content, Refusal> {
    match said.kind.as_str() {
        "" | "text" | "sticker" => Ok(plain(said)),
        "input_select" => {
            let buttons = each(&said.attributes, &["title", "value"], button)?;
            Ok(Content::Buttons { text: said.text, buttons })
        }
        "cards" => {
            let keys = &["title", "description", "media_url", "actions"];
            Ok(Content::Cards { cards: each(&said.attributes, keys, card)? })
        }
        "article" => {
            let keys = &["title", "description", "link"];
            Ok(Content::Cards { cards: each(&said.attributes, keys, article)? })
        }
        "form" => {
            let fields = each(&said.attributes, FIELD_KEYS, field)?;
            let first = fields.first().map(|field| field.label.clone());
            let title = Some(said.text).filter(|text| !text.trim().is_empty()).or(first);
            Ok(Content::Form { title: title.unwrap_or_default(), fields })
        }
        "input_email" => Ok(email(said.text)),
        "input_csat" => {
            Err(Refusal::wrong("content_type", "is input_csat, and there are no ratings here yet"))
        }
        _ => Err(Refusal::wrong(
            "content_type",
            "must be text, input_select, cards, form, article or input_email",
        )),
    }
}

/// Text, or what the files are.
fn plain(said: Said) -> Content {
    let text = said.text;
    match said.file {
        Some(MediaKind::Image) if said.kind == "sticker" => Content::Sticker { text },
        Some(MediaKind::Image) => Content::Image { text },
        Some(MediaKind::Audio) => Content::Audio { text },
        Some(MediaKind::Video) => Content::Video { text },
        Some(MediaKind::File) => Content::File { text },
        None => Content::Text { text },
    }
}

fn email(text: String) -> Content {
    let field = FormField {
        key: super::EMAIL_KEY.to_owned(),
        label: "E-mail".to_owned(),
        kind: FieldKind::Email,
        required: true,
        options: Vec::new(),
    };
    let title = if text.trim().is_empty() { field.label.clone() } else { text };
    Content::Form { title, fields: vec![field] }
}

type Item = Map<String, Value>;

/// Every item, with its keys checked: Chatwoot refuses what it does not know here.
fn each<T>(
    attributes: &Map<String, Value>,
    keys: &[&str],
    read: impl Fn(&Item) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    let items = list(attributes.get("items"));
    if items.is_empty() {
        return Err(invalid("needs at least one item"));
    }
    items.iter().map(|item| known(item, keys).and_then(&read)).collect()
}

fn known<'v>(item: &'v Value, keys: &[&str]) -> Result<&'v Item, Refusal> {
    let item = item.as_object().ok_or_else(|| invalid("has an item that is no object"))?;
    match item.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(invalid(&format!("has items with the unknown key {key}"))),
        None => Ok(item),
    }
}

fn button(item: &Item) -> Result<Button, Refusal> {
    let (id, title) = (text(item, "value")?, text(item, "title")?);
    Ok(Button { id, title, url: None })
}

fn card(item: &Item) -> Result<Card, Refusal> {
    let actions = list(item.get("actions"));
    let keys = &["type", "text", "uri", "payload"];
    let buttons = actions.iter().map(|value| known(value, keys).and_then(action));
    Ok(Card {
        title: text(item, "title")?,
        subtitle: text(item, "description")?,
        image_url: Some(text(item, "media_url")?).filter(|url| !url.is_empty()),
        buttons: buttons.collect::<Result<_, _>>()?,
    })
}

fn action(item: &Item) -> Result<Button, Refusal> {
    let title = text(item, "text")?;
    match text(item, "type")?.as_str() {
        "link" => {
            let uri = text(item, "uri")?;
            Ok(Button { id: uri.clone(), title, url: Some(uri) })
        }
        "postback" => Ok(Button { id: text(item, "payload")?, title, url: None }),
        _ => Err(invalid("has an action whose type is neither link nor postback")),
    }
}

fn article(item: &Item) -> Result<Card, Refusal> {
    let (title, link) = (text(item, "title")?, text(item, "link")?);
    let button = Button { id: link.clone(), title: title.clone(), url: Some(link) };
    let subtitle = text(item, "description")?;
    Ok(Card { title, subtitle, image_url: None, buttons: vec![button] })
}

const FIELD_KEYS: &[&str] = &[
    "type",
    "name",
    "label",
    "placeholder",
    "options",
    "default",
    "required",
    "pattern",
    "title",
    "pattern_error",
];

fn field(item: &Item) -> Result<FormField, Refusal> {
    let kind = match text(item, "type")?.as_str() {
        "" | "text" | "text_area" => FieldKind::Text,
        "email" => FieldKind::Email,
        "select" => FieldKind::Select,
        _ => {
            return Err(invalid(
                "has a field whose type is none of text, text_area, email and select",
            ));
        }
    };
    let (key, label) = (text(item, "name")?, text(item, "label")?);
    let label = Some(label).filter(|label| !label.trim().is_empty()).unwrap_or_else(|| key.clone());
    let required = text(item, "required")? == "true";
    let options = list(item.get("options")).iter().map(option).collect::<Result<_, _>>()?;
    Ok(FormField { key, label, kind, required, options })
}

/// One choice of a field: what comes back is what was shown.
fn option(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(option) => Ok(option.clone()),
        Value::Object(option) => {
            let label = text(option, "label")?;
            if label.is_empty() { text(option, "value") } else { Ok(label) }
        }
        _ => Err(invalid("has an option that is neither a text nor an object")),
    }
}

/// A text of an item, which forms give for everything; none is empty.
fn text(item: &Item, key: &str) -> Result<String, Refusal> {
    match item.get(key) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(Value::Bool(flag)) => Ok(flag.to_string()),
        Some(_) => Err(invalid(&format!("has an item whose {key} is no text"))),
    }
}

/// A list, or the numbered members that a form makes of one.
fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(list)) => list.clone(),
        Some(Value::Object(numbered)) => numbered.values().cloned().collect(),
        _ => Vec::new(),
    }
}

fn invalid(detail: &str) -> Refusal {
    Refusal::invalid(&format!("Content attributes {detail}"), &[PLACE])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{attributes_of, kind};
    use super::*;

    fn said(kind: &str, items: Value) -> Result<Content, Refusal> {
        let attributes = json!({"items": items}).as_object().unwrap().clone();
        read(Said { text: "Choose".into(), kind: kind.into(), attributes, file: None })
    }

    #[test]
    fn what_chatwoot_documents_comes_back_as_it_was_said() {
        for (name, items) in [
            ("input_select", json!([{"title": "A", "value": "a"}, {"title": "B", "value": "b"}])),
            (
                "cards",
                json!([{"title": "T", "description": "D", "media_url": "https://x.example/i.png",
                    "actions": [{"type": "link", "text": "L", "uri": "https://x.example"},
                                {"type": "postback", "text": "P", "payload": "p"}]}]),
            ),
            (
                "form",
                json!([{"name": "email", "label": "Mail", "type": "email", "required": true},
                    {"name": "s", "label": "S", "type": "select", "required": false,
                     "options": [{"label": "1", "value": "1"}]}]),
            ),
        ] {
            let content = said(name, items.clone()).unwrap();
            assert_eq!(content.validate(), Ok(()), "{name}");
            assert_eq!(kind(&content), name);
            assert_eq!(attributes_of(&content).unwrap(), items, "{name}");
        }
        let articles = json!([{"title": "T", "description": "D", "link": "https://x.example"}]);
        assert_eq!(kind(&said("article", articles).unwrap()), "cards");
        assert_eq!(kind(&said("input_email", json!([])).unwrap()), "input_email");
    }

    #[test]
    fn unknown_keys_and_empty_lists_are_refused() {
        for (name, items) in [
            ("input_select", json!([])),
            ("input_select", json!([{"title": "A", "value": "a", "x": 1}])),
            ("input_select", json!(["A"])),
            ("cards", json!([{"title": "T", "actions": [{"type": "call"}]}])),
            ("cards", json!([{"title": {"a": 1}}])),
            ("form", json!([{"name": "a", "type": "date"}])),
            ("input_csat", json!([])),
            ("voice_call", json!([])),
        ] {
            assert!(said(name, items.clone()).is_err(), "{name} {items}");
        }
    }
}
