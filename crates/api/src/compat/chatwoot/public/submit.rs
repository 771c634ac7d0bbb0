//! `PATCH messages/{id}`: the customer taps a button or fills in a form that it was sent.
//!
//! With us the answer is a message of the customer's own; with Chatwoot it is part of the question, so
//! that is what comes back.

use std::collections::BTreeMap;

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::content::Content;
use tertulia_domain::message::{Direction, Message, Visibility};
use tertulia_engine::inbound::{VisitorMessage, accept_visitor_message};
use tertulia_engine::views::MessageView;
use tertulia_store::messages;

use super::At;
use super::messages::answer;
use crate::app::App;
use crate::compat::chatwoot::shapes::content;
use crate::compat::chatwoot::{Fields, Path, Refusal, Reply};

/// The key of a tapped button in a reply.
const BUTTON: &str = "button";
/// The key of the field of an `input_email`.
const EMAIL: &str = "email";

#[derive(serde::Deserialize)]
pub(super) struct Place {
    message_id: MessageId,
}

pub(super) async fn submit(
    at: At,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    at.customer.require_writer(&app)?;
    let fields = fields.of("message");
    let (account, id) = (at.customer.ctx().account_id, place.message_id);
    let found = at.customer.read(&app, move |tx| messages::find(tx, account, id)).await?;
    let asked = found.filter(|m| is_question(&at, m)).ok_or_else(Refusal::not_found)?;
    let values = match fields.filled("submitted_email")? {
        Some(email) => BTreeMap::from([(EMAIL.to_owned(), email)]),
        None => values(fields.value("submitted_values"))?,
    };
    let text = text(&asked.content, &values);
    let command = VisitorMessage {
        // Tapping twice is one answer.
        client_id: format!("submit:{id}"),
        content: Content::Reply { text, message_id: id.0, values: values.clone() },
        attachments: Vec::new(),
        reply_to: Some(id),
        page: None,
    };
    accept_visitor_message(&app.engine, at.customer.ctx(), command).await?;
    let Reply(mut shape) = answer(&app, &at.customer, MessageView::from(&asked), None).await?;
    if let Some(Value::Object(attributes)) = shape.get_mut("content_attributes") {
        attributes.extend(content::submitted(&asked.content, &values));
    }
    Ok(Reply(shape))
}

/// Whether it is something that the customer of this conversation was sent.
fn is_question(at: &At, message: &Message) -> bool {
    message.room_id == at.conversation.room_id
        && message.visibility == Visibility::Public
        && message.direction == Direction::Out
}

/// `[{title, value}]` of a choice, or `[{name, value}]` of a form.
fn values(submitted: Option<&Value>) -> Result<BTreeMap<String, String>, Refusal> {
    let wrong = || Refusal::wrong("submitted_values", "must be a list of objects with a value");
    let list = match submitted {
        Some(Value::Array(list)) if !list.is_empty() => list.as_slice(),
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        Some(_) | None => return Err(wrong()),
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let pairs = list.iter().map(|item| {
        let name = item.get("name").and_then(Value::as_str).unwrap_or(BUTTON);
        let value = item.get("value").and_then(text)?;
        Some((name.to_owned(), value))
    });
    pairs.collect::<Option<_>>().ok_or_else(wrong)
}

/// What people read: the title of the button, or the values of the form.
fn text(asked: &Content, values: &BTreeMap<String, String>) -> String {
    let titled = content::submitted(asked, values);
    let title = json!(titled).pointer("/submitted_values/0/title").cloned();
    match title {
        Some(Value::String(title)) => title,
        _ => values.values().map(String::as_str).collect::<Vec<_>>().join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_forms_are_read() {
        let choice = json!([{"title": "Blue", "value": "b1"}]);
        let expected = BTreeMap::from([("button".to_owned(), "b1".to_owned())]);
        assert_eq!(values(Some(&choice)).ok(), Some(expected));
        let form = json!([{"name": "age", "value": 7}, {"name": "vip", "value": true}]);
        let expected = [("age", "7"), ("vip", "true")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(values(Some(&form)).ok(), Some(expected));
        for bad in [json!([]), json!("b1"), json!([{"title": "x"}]), json!([{"value": {}}])] {
            assert!(values(Some(&bad)).is_err(), "{bad}");
        }
        assert!(values(None).is_err());
    }
}
