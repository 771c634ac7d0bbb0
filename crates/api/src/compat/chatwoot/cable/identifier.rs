//! What a client subscribes to: a channel, its token, and whom the token should be of.

use serde::Deserialize;

/// The one channel that there is.
const CHANNEL: &str = "RoomChannel";
/// Longest identifier: it is repeated in every frame.
const IDENTIFIER_BYTES_MAX: usize = 1_024;

/// An identifier that can be looked at.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Identifier {
    channel: String,
    pub(super) pubsub_token: String,
    /// Of people only; numbers that some clients send as text.
    #[serde(default)]
    pub(super) account_id: Option<Number>,
    #[serde(default)]
    pub(super) user_id: Option<Number>,
}

/// A number, or a text with one.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Number(i64),
    Text(String),
}

impl Identifier {
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() > IDENTIFIER_BYTES_MAX {
            return None;
        }
        let identifier: Self = serde_json::from_str(text).ok()?;
        (identifier.channel == CHANNEL).then_some(identifier)
    }
}

impl Number {
    /// Whether it is this id; a text without a number is none.
    pub(super) fn is(&self, id: i64) -> bool {
        match self {
            Self::Number(number) => *number == id,
            Self::Text(text) => text.parse() == Ok(id),
        }
    }

    pub(super) fn get(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_and_contacts_name_their_room() {
        let agent = Identifier::read(
            r#"{"channel":"RoomChannel","pubsub_token":"t","account_id":1,"user_id":"7"}"#,
        )
        .unwrap();
        assert!(agent.account_id.is_some_and(|id| id.is(1)));
        assert!(agent.user_id.is_some_and(|id| id.is(7) && !id.is(8) && id.get() == Some(7)));
        let contact = Identifier::read(r#"{"channel":"RoomChannel","pubsub_token":"t"}"#).unwrap();
        assert_eq!((contact.account_id, contact.user_id), (None, None));
    }

    #[test]
    fn anything_else_is_no_room() {
        let long = format!(r#"{{"channel":"RoomChannel","pubsub_token":"{}"}}"#, "x".repeat(1_024));
        for text in [
            "",
            "RoomChannel",
            r#"{"channel":"RoomChannel"}"#,
            r#"{"channel":"ApplicationCable","pubsub_token":"t"}"#,
            r#"{"channel":"RoomChannel","pubsub_token":{"$ne":null}}"#,
            r#"{"channel":"RoomChannel","pubsub_token":"t","user_id":[1]}"#,
            &long,
        ] {
            assert_eq!(Identifier::read(text), None, "{text:.60}");
        }
    }
}
