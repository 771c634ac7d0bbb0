//! The published description of the Bot API as data: what a method takes, what a type has.
//! `bot-api.json` is made by `cargo xtask telegram-schema` and is never edited by hand.

mod answer;
mod request;

pub use answer::{faults_of, faults_of_result};
pub(crate) use request::{Problem, read};

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What was read of the description; the file is part of the binary and a test reads it.
pub(crate) static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| serde_json::from_str(include_str!("bot-api.json")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Schema {
    pub(crate) methods: BTreeMap<String, Method>,
    pub(crate) types: BTreeMap<String, Shape>,
    /// Methods of the Bot API that this double does not have.
    pub(crate) not_simulated: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Method {
    pub(crate) returns: Vec<String>,
    pub(crate) fields: BTreeMap<String, Field>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shape {
    Fields(BTreeMap<String, Field>),
    OneOf(Vec<String>),
}

/// `Integer|String!`: possible types, the only value if there is one, and whether it must be there.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Field {
    pub(crate) types: Vec<String>,
    pub(crate) constant: Option<String>,
    pub(crate) required: bool,
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        let required = text.ends_with('!');
        let text = text.trim_end_matches('!');
        let (types, constant) = match text.split_once('=') {
            Some((types, constant)) => (types, Some(constant.to_owned())),
            None => (text, None),
        };
        Self { types: types.split('|').map(str::to_owned).collect(), constant, required }
    }
}

impl Schema {
    /// The method's name as it is written, however the client wrote it: Telegram ignores the case.
    pub(crate) fn method(&self, name: &str) -> Option<(&str, &Method)> {
        let (name, method) =
            self.methods.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some((name, method))
    }

    /// True for the kinds of updates that the description lists.
    pub(crate) fn is_update(&self, kind: &str) -> bool {
        match self.types.get("Update") {
            Some(Shape::Fields(fields)) => kind != "update_id" && fields.contains_key(kind),
            _ => false,
        }
    }

    /// The member of a union that a value is, by its constant or by what it must have.
    fn member<'a>(
        &'a self,
        names: &'a [String],
        value: &serde_json::Map<String, serde_json::Value>,
    ) -> Option<&'a str> {
        let fits = |name: &&String| {
            let Some(Shape::Fields(fields)) = self.types.get(*name) else { return false };
            fields.iter().all(|(key, field)| match (value.get(key), &field.constant) {
                (Some(found), Some(constant)) => found == constant.as_str(),
                (None, _) => !field.required,
                (Some(_), None) => true,
            })
        };
        // Of several that fit, the one that knows most of the value's fields is meant.
        let known = |name: &&String| match self.types.get(*name) {
            Some(Shape::Fields(fields)) => {
                value.keys().filter(|key| fields.contains_key(*key)).count()
            }
            _ => 0,
        };
        names.iter().filter(fits).max_by_key(known).map(String::as_str)
    }
}

/// The type of an array's elements.
fn element(name: &str) -> Option<&str> {
    name.strip_prefix("Array of ")
}

#[cfg(test)]
mod tests {
    use super::SCHEMA;

    #[test]
    fn the_embedded_description_is_read() {
        assert!(SCHEMA.methods.len() > 40, "{}", SCHEMA.methods.len());
        let (name, method) = SCHEMA.method("SENDMESSAGE").unwrap();
        assert_eq!(name, "sendMessage");
        assert!(method.fields["text"].required);
        assert_eq!(method.fields["chat_id"].types, ["Integer", "String"]);
        assert_eq!(method.returns, ["Message"]);
        assert!(SCHEMA.not_simulated.iter().any(|name| name == "sendInvoice"));
    }
}
