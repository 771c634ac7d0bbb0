//! The frames that the server sends: text made once and shared by every socket that gets it.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tertulia_domain::user::PresenceState;
use tertulia_domain::{ContactId, ConversationId, UserId};
use tertulia_store::events::Cursor;

/// The text of one frame; a clone shares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Bytes);

/// Who types.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Typist {
    Customer {
        id: ContactId,
        name: String,
    },
    /// The id is left out towards the customer.
    Agent {
        id: Option<UserId>,
        name: String,
    },
}

/// Everything but events, whose text comes ready from [`crate::Shapes`].
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Note<'a> {
    Ready {
        cursor: String,
        topics: &'a [String],
    },
    Resync {
        cursor: String,
    },
    Error {
        code: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        topic: Option<&'a str>,
    },
    Pong,
    Typing {
        conversation_id: ConversationId,
        who: &'a Typist,
        on: bool,
    },
    Viewing {
        conversation_id: Option<ConversationId>,
        user_id: UserId,
    },
    #[serde(rename = "presence")]
    UserPresence {
        user_id: UserId,
        state: PresenceState,
    },
    #[serde(rename = "presence")]
    ContactPresence {
        contact_id: ContactId,
        state: PresenceState,
    },
}

impl Frame {
    pub(crate) fn new(text: String) -> Self {
        Self(Bytes::from(text))
    }

    #[cfg(test)]
    pub(crate) fn from_static(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }

    /// An event, from the text of its JSON object.
    pub(crate) fn event(event: &str) -> Self {
        Self::new(format!(r#"{{"type":"event","event":{event}}}"#))
    }

    pub(crate) fn note(note: &Note<'_>) -> Self {
        // Numbers, texts and closed enums only: this cannot fail, and an empty object would say nothing.
        Self::new(serde_json::to_string(note).unwrap_or_else(|_| "{}".to_owned()))
    }

    /// After the replay: from here on live.
    #[must_use]
    pub fn ready(cursor: Cursor, topics: &[String]) -> Self {
        Self::note(&Note::Ready { cursor: cursor.to_string(), topics })
    }

    /// The gap is too long: reload by REST, go on from this cursor.
    #[must_use]
    pub fn resync(cursor: Cursor) -> Self {
        Self::note(&Note::Resync { cursor: cursor.to_string() })
    }

    /// A request that was refused. `code` is one of a fixed list; nothing of the request is repeated
    /// but the topic that it names.
    #[must_use]
    pub fn error(code: &str, topic: Option<&str>) -> Self {
        Self::note(&Note::Error { code, topic })
    }

    /// The answer to a ping.
    #[must_use]
    pub fn pong() -> Self {
        Self::note(&Note::Pong)
    }

    /// The text as shared bytes, always UTF-8.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.0.clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(frame: &Frame, expected: &str) {
        assert_eq!(std::str::from_utf8(&frame.0).unwrap(), expected);
    }

    #[test]
    fn frames_have_the_documented_form() {
        let topics = ["account".to_owned()];
        check(
            &Frame::ready(Cursor::default(), &topics),
            r#"{"type":"ready","cursor":"0.0","topics":["account"]}"#,
        );
        check(&Frame::pong(), r#"{"type":"pong"}"#);
        check(&Frame::event("{}"), r#"{"type":"event","event":{}}"#);
        check(
            &Frame::error("not_found", Some("conversation:5")),
            r#"{"type":"error","code":"not_found","topic":"conversation:5"}"#,
        );
        check(&Frame::error("frame_invalid", None), r#"{"type":"error","code":"frame_invalid"}"#);
        let who = Typist::Agent { id: None, name: "Ana".to_owned() };
        check(
            &Frame::note(&Note::Typing { conversation_id: ConversationId(1), who: &who, on: true }),
            r#"{"type":"typing","conversation_id":1,"who":{"kind":"agent","id":null,"name":"Ana"},"on":true}"#,
        );
        let online = PresenceState::Online;
        check(
            &Frame::note(&Note::ContactPresence { contact_id: ContactId(9), state: online }),
            r#"{"type":"presence","contact_id":9,"state":"online"}"#,
        );
    }
}
