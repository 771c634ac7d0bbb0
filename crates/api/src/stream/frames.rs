//! What clients send over a stream, read strictly and answered with fixed codes.

use serde::Deserialize;
use tertulia_domain::ConversationId;

/// Longest frame that a client may send.
pub(crate) const FRAME_BYTES_MAX: usize = 16 * 1024;

/// A frame of a person or program of the account.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum StaffFrame {
    Subscribe { topics: Vec<String>, cursor: Option<String> },
    Typing { conversation_id: ConversationId, on: bool },
    Viewing { conversation_id: Option<ConversationId> },
    Presence { state: DeskState },
    Ping,
}

/// A frame of a visitor.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum VisitorFrame {
    Subscribe { token: String, cursor: Option<String> },
    Ping,
}

/// Whether a person is at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DeskState {
    Online,
    Away,
}

/// Reads a frame; what it is not is nobody's business but the log's.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, &'static str> {
    serde_json::from_str(text).map_err(|_| "frame_invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_as_documented() {
        let frame = read(r#"{"type":"subscribe","topics":["account"],"cursor":null}"#);
        assert_eq!(
            frame,
            Ok(StaffFrame::Subscribe { topics: vec!["account".to_owned()], cursor: None })
        );
        let frame = read(r#"{"type":"viewing","conversation_id":null}"#);
        assert_eq!(frame, Ok(StaffFrame::Viewing { conversation_id: None }));
        assert_eq!(read(r#"{"type":"ping"}"#), Ok(StaffFrame::Ping));
        let frame = read(r#"{"type":"subscribe","token":"vis_x","cursor":"0.7"}"#);
        let cursor = Some("0.7".to_owned());
        assert_eq!(frame, Ok(VisitorFrame::Subscribe { token: "vis_x".to_owned(), cursor }));
    }

    #[test]
    fn anything_else_is_a_fixed_code() {
        let deep = format!("{}1{}", "[".repeat(8_000), "]".repeat(8_000));
        for text in [
            "",
            "null",
            "[]",
            "{}",
            "not json",
            r#"{"event":"base"}"#,
            r#"{"type":"subscribe"}"#,
            r#"{"type":"subscribe","topics":{"$ne":1},"cursor":null}"#,
            r#"{"type":"subscribe","topics":["account"],"cursor":null,"role":"administrator"}"#,
            r#"{"type":"typing","conversation_id":{"$gt":0},"on":true}"#,
            r#"{"type":"typing","conversation_id":99999999999999999999,"on":true}"#,
            r#"{"type":"presence","state":"offline"}"#,
            &deep,
        ] {
            assert_eq!(read::<StaffFrame>(text), Err("frame_invalid"), "{text:.60}");
        }
    }
}
