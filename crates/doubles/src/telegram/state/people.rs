//! People who use Telegram.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::State;

/// The first person's number, beyond 32 bits as real ones are.
const FIRST_USER_ID: i64 = 6_100_000_001;

/// A person to be; what is left out is made up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewUser {
    /// Any number up to 64 bits; as text where JavaScript would round it.
    #[serde(deserialize_with = "crate::telegram::state::number")]
    pub id: Option<i64>,
    pub first_name: String,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub language_code: Option<String>,
}

impl NewUser {
    /// Someone with a name.
    #[must_use]
    pub fn named(first_name: &str) -> Self {
        Self { first_name: first_name.to_owned(), ..Self::default() }
    }
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) about: NewUser,
    /// File ids of profile photos, newest first.
    pub(crate) photos: Vec<String>,
}

impl Person {
    /// The person as a `User`.
    pub(crate) fn user(&self) -> Value {
        let about = &self.about;
        let mut user = json!({"id": self.id, "is_bot": false, "first_name": about.first_name});
        let more = [
            ("last_name", &about.last_name),
            ("username", &about.username),
            ("language_code", &about.language_code),
        ];
        for (key, value) in more {
            if let (Some(value), Some(user)) = (value, user.as_object_mut()) {
                user.insert(key.to_owned(), value.as_str().into());
            }
        }
        user
    }
}

impl State {
    pub(crate) fn add_person(&mut self, mut about: NewUser) -> i64 {
        let next = || {
            self.people.keys().next_back().map_or(FIRST_USER_ID, |last| {
                if *last == i64::MAX { FIRST_USER_ID } else { (*last + 1).max(FIRST_USER_ID) }
            })
        };
        let id = about.id.unwrap_or_else(next);
        if about.first_name.is_empty() {
            about.first_name = format!("Person {}", self.people.len() + 1);
        }
        self.people.insert(id, Person { id, about, photos: Vec::new() });
        id
    }
}

/// A number that may have been written as text.
pub(crate) fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(number.as_i64()),
        Value::String(text) => text.parse().map(Some).map_err(serde::de::Error::custom),
        other => Err(serde::de::Error::custom(format!("{other} is not a number"))),
    }
}
