//! What came back for a message with something to choose or to fill in.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tertulia_domain::content::Content;

/// The key under which a tapped button comes back.
const BUTTON: &str = "button";

/// What `content_attributes` of the message has in addition once it was answered.
pub(crate) fn submitted(asked: &Content, values: &BTreeMap<String, String>) -> Map<String, Value> {
    let mut attributes = Map::new();
    let mut put = |name: &str, value: Value| drop(attributes.insert(name.to_owned(), value));
    let button = values.get(BUTTON);
    match (asked, button) {
        (Content::Form { fields, .. }, _) if super::is_email(fields) => {
            let email = values.get(super::EMAIL_KEY);
            put("submitted_email", email.map_or("", String::as_str).into());
        }
        (Content::Buttons { .. } | Content::Cards { .. }, Some(id)) => {
            let title = title(asked, id).unwrap_or(id);
            put("submitted_values", json!([{"title": title, "value": id}]));
        }
        _ => {
            let filled = values.iter().map(|(name, value)| json!({"name": name, "value": value}));
            put("submitted_values", filled.collect());
        }
    }
    attributes
}

fn title<'c>(asked: &'c Content, id: &str) -> Option<&'c str> {
    let buttons: Vec<_> = match asked {
        Content::Buttons { buttons, .. } => buttons.iter().collect(),
        Content::Cards { cards } => cards.iter().flat_map(|card| &card.buttons).collect(),
        _ => Vec::new(),
    };
    buttons.into_iter().find(|button| button.id == id).map(|button| button.title.as_str())
}

#[cfg(test)]
mod tests {
    use tertulia_domain::content::Button;
    use tertulia_domain::inbox::{FieldKind, FormField};

    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn field(key: &str, kind: FieldKind) -> FormField {
        let (key, label) = (key.to_owned(), "Label".to_owned());
        FormField { key, label, kind, required: true, options: Vec::new() }
    }

    #[test]
    fn each_kind_of_question_has_its_kind_of_answer() {
        let button = Button { id: "b1".into(), title: "Blue".into(), url: None };
        let asked = Content::Buttons { text: "Colour?".into(), buttons: vec![button] };
        let answer = submitted(&asked, &values(&[("button", "b1")]));
        assert_eq!(
            Value::Object(answer),
            json!({"submitted_values": [{"title": "Blue", "value": "b1"}]})
        );
        let fields = vec![field("name", FieldKind::Text)];
        let asked = Content::Form { title: "Who?".into(), fields };
        let answer = submitted(&asked, &values(&[("name", "Ana")]));
        assert_eq!(
            Value::Object(answer),
            json!({"submitted_values": [{"name": "name", "value": "Ana"}]})
        );
        let fields = vec![field("email", FieldKind::Email)];
        let asked = Content::Form { title: "Where?".into(), fields };
        let answer = submitted(&asked, &values(&[("email", "ana@example.com")]));
        assert_eq!(Value::Object(answer), json!({"submitted_email": "ana@example.com"}));
    }
}
