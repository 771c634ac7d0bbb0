//! The texts of ActionCable, `actioncable-v1-json`: read tolerantly, written exactly.

use serde::Deserialize;
use serde_json::{Value, json};
use tertulia_domain::Timestamp;

/// What a client sends; fields that are not for us are left alone.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "command", rename_all = "lowercase")]
pub(super) enum Command {
    Subscribe {
        identifier: String,
    },
    Unsubscribe {
        identifier: String,
    },
    Message {
        identifier: String,
        /// JSON in a string, as the client library sends it.
        data: String,
    },
}

/// Why the server ends a connection, in the words that the client library knows or hands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The last token of the connection is no longer good.
    Unauthorized,
    /// What the client sends makes no sense.
    InvalidRequest,
    /// Nobody subscribed.
    Idle,
    ServerRestart,
    /// It does not read what it is sent.
    TooSlow,
}

impl Command {
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl Reason {
    fn as_str(self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::InvalidRequest => "invalid_request",
            Self::Idle => "no_subscription",
            Self::ServerRestart => "server_restart",
            Self::TooSlow => "too_slow",
        }
    }

    /// Whether the same client may do better next time.
    fn may_reconnect(self) -> bool {
        match self {
            Self::ServerRestart | Self::TooSlow => true,
            Self::Unauthorized | Self::InvalidRequest | Self::Idle => false,
        }
    }
}

pub(super) fn welcome() -> String {
    json!({ "type": "welcome" }).to_string()
}

/// The heartbeat; clients reconnect when they miss two.
pub(super) fn ping(now: Timestamp) -> String {
    json!({ "type": "ping", "message": now.0 / 1_000_000 }).to_string()
}

pub(super) fn confirm(identifier: &str) -> String {
    json!({ "identifier": identifier, "type": "confirm_subscription" }).to_string()
}

pub(super) fn reject(identifier: &str) -> String {
    json!({ "identifier": identifier, "type": "reject_subscription" }).to_string()
}

pub(super) fn disconnect(reason: Reason) -> String {
    let (word, reconnect) = (reason.as_str(), reason.may_reconnect());
    json!({ "type": "disconnect", "reason": word, "reconnect": reconnect }).to_string()
}

/// An event for one subscription; `message` is JSON already.
pub(super) fn message(identifier: &str, message: &str) -> String {
    format!(r#"{{"identifier":{},"message":{message}}}"#, Value::from(identifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_those_of_the_protocol() {
        assert_eq!(welcome(), r#"{"type":"welcome"}"#);
        assert_eq!(
            ping(Timestamp(1_700_000_000_999_999)),
            r#"{"type":"ping","message":1700000000}"#
        );
        assert_eq!(
            disconnect(Reason::ServerRestart),
            r#"{"type":"disconnect","reason":"server_restart","reconnect":true}"#
        );
    }

    #[test]
    fn an_identifier_comes_back_byte_by_byte() {
        for identifier in [
            r#"{"channel":"RoomChannel","pubsub_token":"a"}"#,
            r#"{"pubsub_token":"a",  "channel":"RoomChannel"}"#,
            "{\"channel\":\"RoomChannel\",\"é\":\"\\u00e9 \u{1F600}\"}",
        ] {
            for text in [confirm(identifier), reject(identifier), message(identifier, "{}")] {
                let frame: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(frame["identifier"], identifier);
            }
        }
        assert_eq!(
            message("x", r#"{"event":"e"}"#),
            r#"{"identifier":"x","message":{"event":"e"}}"#
        );
    }

    #[test]
    fn commands_are_read_and_nothing_else_is() {
        let identifier = "{}".to_owned();
        assert_eq!(
            Command::read(r#"{"command":"subscribe","identifier":"{}","history":true}"#),
            Some(Command::Subscribe { identifier: identifier.clone() })
        );
        let data = r#"{"action":"update_presence"}"#.to_owned();
        let text = json!({"command": "message", "identifier": "{}", "data": data}).to_string();
        assert_eq!(Command::read(&text), Some(Command::Message { identifier, data }));
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"command":"subscribe"}"#,
            r#"{"command":"drop","identifier":"{}"}"#,
        ] {
            assert_eq!(Command::read(text), None, "{text}");
        }
    }
}
