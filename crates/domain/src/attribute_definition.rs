//! What an attribute of contacts or conversations means: how it is called, and which values it is for.

use crate::closed::closed_enum;
use crate::{AttributeDefinitionId, Timestamp};

closed_enum! {
    /// What an attribute, or a saved filter, is about.
    Subject {
        Conversation = "conversation",
        Contact = "contact",
    }
}

closed_enum! {
    /// Which values an attribute is for.
    AttributeKind {
        Text = "text",
        Number = "number",
        Currency = "currency",
        Percent = "percent",
        Link = "link",
        Date = "date",
        /// One of the definition's `choices`.
        List = "list",
        Checkbox = "checkbox",
    }
}

/// Longest key, in ASCII characters.
pub const KEY_CHARS_MAX: usize = 100;
/// Most choices of a list.
pub const CHOICES_MAX: usize = 200;
/// Longest pattern, in Unicode scalar values.
pub const PATTERN_CHARS_MAX: usize = 500;

/// An attribute that the account has described; `key` is unique for its subject.
///
/// It describes and does not forbid: values that do not fit are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeDefinition {
    pub id: AttributeDefinitionId,
    pub subject: Subject,
    pub key: String,
    pub name: String,
    pub description: String,
    pub kind: AttributeKind,
    /// What a list offers; empty for other kinds.
    pub choices: Vec<String>,
    /// A regular expression that a text should match, for the program that asks for the value.
    pub pattern: Option<String>,
    /// What people are told when the value does not match.
    pub cue: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Whether a text can be the key of an attribute: lower-case letters, digits, `_` and `-`.
#[must_use]
pub fn is_key(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    !text.is_empty() && text.len() <= KEY_CHARS_MAX && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_can_be_written_in_an_address() {
        for good in ["plan", "order_id", "tier-2", &"k".repeat(KEY_CHARS_MAX)] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "Plan", "order id", "план", "a.b", &"k".repeat(KEY_CHARS_MAX + 1)] {
            assert!(!is_key(bad), "{bad}");
        }
    }
}
