//! What a message says: one tagged type for every kind of content, its limits and its plain text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::inbox::FormField;

/// Longest text of a message, in Unicode scalar values.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// Longest title, name or other single line, in Unicode scalar values.
pub const LINE_CHARS_MAX: usize = 500;
/// Most buttons of a message or card, cards of a message, fields of a form, values of a reply.
pub const PARTS_MAX: usize = 20;
/// Longest HTML body of an e-mail, in bytes.
pub const HTML_BYTES_MAX: usize = 1_000_000;

/// Typed content of a message, tagged by `type`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    Text {
        text: String,
    },
    Image {
        #[serde(default)]
        text: String,
    },
    File {
        #[serde(default)]
        text: String,
    },
    Audio {
        #[serde(default)]
        text: String,
    },
    Video {
        #[serde(default)]
        text: String,
    },
    Sticker {
        #[serde(default)]
        text: String,
    },
    Location {
        latitude: f64,
        longitude: f64,
        #[serde(default)]
        title: String,
        #[serde(default)]
        address: String,
    },
    Contact {
        name: String,
        #[serde(default)]
        phones: Vec<String>,
        #[serde(default)]
        emails: Vec<String>,
    },
    Buttons {
        text: String,
        buttons: Vec<Button>,
    },
    Cards {
        cards: Vec<Card>,
    },
    Form {
        title: String,
        fields: Vec<FormField>,
    },
    /// A tapped button or a filled form of the message `message_id`.
    Reply {
        text: String,
        message_id: i64,
        #[serde(default)]
        values: BTreeMap<String, String>,
    },
    Template {
        name: String,
        language: String,
        #[serde(default)]
        parameters: BTreeMap<String, String>,
        text: String,
    },
    Email {
        subject: String,
        text: String,
        #[serde(default)]
        html: Option<String>,
        from: String,
        to: Vec<String>,
        #[serde(default)]
        cc: Vec<String>,
    },
    /// Something that the channel sent and Tertulia cannot show: kept, named, never dropped.
    Unsupported {
        kind: String,
        #[serde(default)]
        text: String,
    },
    /// A line of the log that only people of the account see.
    Activity {
        action: ActivityAction,
        #[serde(default)]
        params: BTreeMap<String, String>,
    },
}

/// A button: answers with its id, or opens a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Button {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub url: Option<String>,
}

/// A card with a picture and buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub image_url: Option<String>,
    #[serde(default)]
    pub buttons: Vec<Button>,
}

crate::closed::closed_enum! {
    /// What an activity line tells.
    ActivityAction {
        Created = "created",
        Assigned = "assigned",
        Unassigned = "unassigned",
        TeamAssigned = "team_assigned",
        TeamUnassigned = "team_unassigned",
        Labels = "labels",
        Priority = "priority",
        Snoozed = "snoozed",
        Unsnoozed = "unsnoozed",
        Resolved = "resolved",
        Reopened = "reopened",
        Control = "control",
        HandedOver = "handed_over",
        GivenBack = "given_back",
        AppFailed = "app_failed",
        Merged = "merged",
        Blocked = "blocked",
        /// The customer has turned the channel off: nothing reaches them there.
        Unreachable = "unreachable",
        /// The customer has turned the channel on again.
        Reachable = "reachable",
    }
}

/// Why content was refused; `pointer` is a JSON pointer inside the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {problem}")]
pub struct ContentError {
    pub pointer: String,
    pub problem: ContentProblem,
}

/// What is wrong with a part of the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentProblem {
    #[error("longer than {limit} {unit} (it has {length})")]
    TooLong { limit: usize, length: usize, unit: &'static str },
    #[error("has nothing visible in it")]
    Empty,
    #[error("contains a character that no text may contain (NUL)")]
    InvalidText,
    #[error("{0}")]
    Invalid(&'static str),
}

impl Content {
    /// The stable name of the kind, as in JSON.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Content::Text { .. } => "text",
            Content::Image { .. } => "image",
            Content::File { .. } => "file",
            Content::Audio { .. } => "audio",
            Content::Video { .. } => "video",
            Content::Sticker { .. } => "sticker",
            Content::Location { .. } => "location",
            Content::Contact { .. } => "contact",
            Content::Buttons { .. } => "buttons",
            Content::Cards { .. } => "cards",
            Content::Form { .. } => "form",
            Content::Reply { .. } => "reply",
            Content::Template { .. } => "template",
            Content::Email { .. } => "email",
            Content::Unsupported { .. } => "unsupported",
            Content::Activity { .. } => "activity",
        }
    }

    /// Plain text for previews and search; may be empty (a picture without a caption).
    #[must_use]
    pub fn plain_text(&self) -> String {
        match self {
            Content::Text { text }
            | Content::Image { text }
            | Content::File { text }
            | Content::Audio { text }
            | Content::Video { text }
            | Content::Sticker { text }
            | Content::Buttons { text, .. }
            | Content::Reply { text, .. }
            | Content::Template { text, .. }
            | Content::Unsupported { text, .. } => text.clone(),
            Content::Location { title, address, latitude, longitude } => {
                match (title.is_empty(), address.is_empty()) {
                    (true, true) => format!("{latitude}, {longitude}"),
                    (false, true) => title.clone(),
                    (true, false) => address.clone(),
                    (false, false) => format!("{title}, {address}"),
                }
            }
            Content::Contact { name, phones, emails } => {
                let parts = [std::slice::from_ref(name), phones.as_slice(), emails.as_slice()];
                parts.concat().join(" ")
            }
            Content::Cards { cards } => {
                cards.iter().map(|card| card.title.as_str()).collect::<Vec<_>>().join(" · ")
            }
            Content::Form { title, .. } => title.clone(),
            Content::Email { subject, text, .. } => format!("{subject}\n{text}"),
            Content::Activity { .. } => String::new(),
        }
    }

    /// Whether the content consists of files, so that at least one attachment is required.
    #[must_use]
    pub fn needs_attachment(&self) -> bool {
        matches!(
            self,
            Content::Image { .. }
                | Content::File { .. }
                | Content::Audio { .. }
                | Content::Video { .. }
                | Content::Sticker { .. }
        )
    }

    /// Checks every limit of the content.
    pub fn validate(&self) -> Result<(), ContentError> {
        match self {
            Content::Text { text } => visible("/text", text, TEXT_CHARS_MAX),
            Content::Image { text }
            | Content::File { text }
            | Content::Audio { text }
            | Content::Video { text }
            | Content::Sticker { text } => chars("/text", text, TEXT_CHARS_MAX),
            Content::Location { latitude, longitude, title, address } => {
                location(*latitude, *longitude)?;
                chars("/title", title, LINE_CHARS_MAX)?;
                chars("/address", address, LINE_CHARS_MAX)
            }
            Content::Contact { name, phones, emails } => {
                visible("/name", name, LINE_CHARS_MAX)?;
                lines("/phones", phones)?;
                lines("/emails", emails)
            }
            Content::Buttons { text, buttons: list } => {
                visible("/text", text, TEXT_CHARS_MAX)?;
                at_least_one("/buttons", list.len())?;
                buttons("/buttons", list)
            }
            Content::Cards { cards: list } => cards(list),
            Content::Form { title, fields } => form(title, fields),
            Content::Reply { text, values, .. } => {
                visible("/text", text, TEXT_CHARS_MAX)?;
                pairs("/values", values)
            }
            Content::Template { name, language, parameters, text } => {
                visible("/name", name, LINE_CHARS_MAX)?;
                visible("/language", language, LINE_CHARS_MAX)?;
                pairs("/parameters", parameters)?;
                chars("/text", text, TEXT_CHARS_MAX)
            }
            Content::Email { subject, text, html, from, to, cc } => {
                chars("/subject", subject, LINE_CHARS_MAX)?;
                chars("/text", text, HTML_BYTES_MAX)?;
                html_size(html.as_deref())?;
                chars("/from", from, LINE_CHARS_MAX)?;
                lines("/to", to)?;
                lines("/cc", cc)
            }
            Content::Unsupported { kind, text } => {
                visible("/kind", kind, LINE_CHARS_MAX)?;
                chars("/text", text, TEXT_CHARS_MAX)
            }
            Content::Activity { params, .. } => pairs("/params", params),
        }
    }
}

/// Whether the text has anything to see: spaces, controls and zero-width characters are not.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}'
                | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
    })
}

/// Checks one text against a limit in Unicode scalar values; refuses NUL, which PostgreSQL cannot store.
pub fn chars(pointer: &str, text: &str, limit: usize) -> Result<(), ContentError> {
    if text.contains('\0') {
        return refuse(pointer, ContentProblem::InvalidText);
    }
    // The cheap byte length decides nearly every case.
    if text.len() > limit {
        let length = text.chars().count();
        if length > limit {
            return refuse(pointer, ContentProblem::TooLong { limit, length, unit: "characters" });
        }
    }
    Ok(())
}

/// Like [`chars`], and something must be visible.
pub fn visible(pointer: &str, text: &str, limit: usize) -> Result<(), ContentError> {
    chars(pointer, text, limit)?;
    if is_visible(text) { Ok(()) } else { refuse(pointer, ContentProblem::Empty) }
}

fn refuse(pointer: &str, problem: ContentProblem) -> Result<(), ContentError> {
    Err(ContentError { pointer: pointer.to_owned(), problem })
}

fn count(pointer: &str, length: usize) -> Result<(), ContentError> {
    if length > PARTS_MAX {
        return refuse(
            pointer,
            ContentProblem::TooLong { limit: PARTS_MAX, length, unit: "parts" },
        );
    }
    Ok(())
}

fn at_least_one(pointer: &str, length: usize) -> Result<(), ContentError> {
    if length == 0 { refuse(pointer, ContentProblem::Empty) } else { Ok(()) }
}

fn lines(pointer: &str, list: &[String]) -> Result<(), ContentError> {
    count(pointer, list.len())?;
    list.iter()
        .enumerate()
        .try_for_each(|(i, line)| visible(&format!("{pointer}/{i}"), line, LINE_CHARS_MAX))
}

fn pairs(pointer: &str, map: &BTreeMap<String, String>) -> Result<(), ContentError> {
    count(pointer, map.len())?;
    map.iter().try_for_each(|(key, value)| {
        chars(&format!("{pointer}/{key}"), key, LINE_CHARS_MAX)?;
        chars(&format!("{pointer}/{key}"), value, TEXT_CHARS_MAX)
    })
}

fn location(latitude: f64, longitude: f64) -> Result<(), ContentError> {
    if !(-90.0..=90.0).contains(&latitude) {
        return refuse("/latitude", ContentProblem::Invalid("is not between -90 and 90"));
    }
    if !(-180.0..=180.0).contains(&longitude) {
        return refuse("/longitude", ContentProblem::Invalid("is not between -180 and 180"));
    }
    Ok(())
}

fn html_size(html: Option<&str>) -> Result<(), ContentError> {
    let length = html.map_or(0, str::len);
    if length > HTML_BYTES_MAX {
        let problem = ContentProblem::TooLong { limit: HTML_BYTES_MAX, length, unit: "bytes" };
        return refuse("/html", problem);
    }
    Ok(())
}

fn buttons(pointer: &str, list: &[Button]) -> Result<(), ContentError> {
    count(pointer, list.len())?;
    for (i, button) in list.iter().enumerate() {
        visible(&format!("{pointer}/{i}/id"), &button.id, LINE_CHARS_MAX)?;
        visible(&format!("{pointer}/{i}/title"), &button.title, LINE_CHARS_MAX)?;
        link(&format!("{pointer}/{i}/url"), button.url.as_deref())?;
    }
    Ok(())
}

fn cards(list: &[Card]) -> Result<(), ContentError> {
    at_least_one("/cards", list.len())?;
    count("/cards", list.len())?;
    for (i, card) in list.iter().enumerate() {
        visible(&format!("/cards/{i}/title"), &card.title, LINE_CHARS_MAX)?;
        chars(&format!("/cards/{i}/subtitle"), &card.subtitle, LINE_CHARS_MAX)?;
        link(&format!("/cards/{i}/image_url"), card.image_url.as_deref())?;
        buttons(&format!("/cards/{i}/buttons"), &card.buttons)?;
    }
    Ok(())
}

fn form(title: &str, fields: &[FormField]) -> Result<(), ContentError> {
    visible("/title", title, LINE_CHARS_MAX)?;
    at_least_one("/fields", fields.len())?;
    count("/fields", fields.len())?;
    for (i, field) in fields.iter().enumerate() {
        visible(&format!("/fields/{i}/key"), &field.key, LINE_CHARS_MAX)?;
        visible(&format!("/fields/{i}/label"), &field.label, LINE_CHARS_MAX)?;
        lines(&format!("/fields/{i}/options"), &field.options)?;
    }
    Ok(())
}

/// A link that a person may click: only `http` and `https`, so that `javascript:` never reaches a page.
pub fn link(pointer: &str, url: Option<&str>) -> Result<(), ContentError> {
    let Some(url) = url else { return Ok(()) };
    chars(pointer, url, TEXT_CHARS_MAX)?;
    let lower = url.trim_start().to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Ok(());
    }
    refuse(pointer, ContentProblem::Invalid("is not an http or https address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Content {
        Content::Text { text: text.to_owned() }
    }

    #[test]
    fn the_limit_counts_characters_and_names_the_place() {
        assert_eq!(text(&"ж".repeat(TEXT_CHARS_MAX)).validate(), Ok(()));
        let error = text(&"ж".repeat(TEXT_CHARS_MAX + 1)).validate().unwrap_err();
        assert_eq!(error.to_string(), "/text: longer than 10000 characters (it has 10001)");
    }

    #[test]
    fn text_without_anything_visible_is_empty() {
        for blank in ["", "   ", "\n\t", "\u{200B}\u{FEFF}", "\u{202E}"] {
            assert_eq!(
                text(blank).validate().unwrap_err().problem,
                ContentProblem::Empty,
                "{blank:?}"
            );
        }
        assert_eq!(text("👍").validate(), Ok(()));
    }

    #[test]
    fn links_that_run_code_are_refused() {
        for url in ["javascript:alert(1)", " JaVaScRiPt:x", "data:text/html,x", "//example.org"] {
            let content = Content::Buttons {
                text: "Choose".to_owned(),
                buttons: vec![Button { id: "1".into(), title: "Go".into(), url: Some(url.into()) }],
            };
            assert_eq!(content.validate().unwrap_err().pointer, "/buttons/0/url", "{url}");
        }
    }

    #[test]
    fn json_is_tagged_by_type_and_unknown_fields_are_refused() {
        let json = r#"{"type":"location","latitude":1.5,"longitude":-2.0}"#;
        let content: Content = serde_json::from_str(json).unwrap();
        assert_eq!(content.kind(), "location");
        assert_eq!(content.plain_text(), "1.5, -2");
        assert!(
            serde_json::from_str::<Content>(r#"{"type":"text","text":"a","bold":true}"#).is_err()
        );
    }
}
