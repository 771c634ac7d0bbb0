//! A contact is the business's customer; an identity is its address in one inbox.

use serde_json::{Map, Value};

use crate::content::is_visible;
use crate::{ContactId, IdentityId, InboxId, Timestamp};

/// A customer. `verified` says that an identity of theirs was proven, not merely typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    /// The unguessable part of the picture's address.
    pub avatar_token: Option<String>,
    pub verified: bool,
    pub blocked_at: Option<Timestamp>,
    pub merged_into: Option<ContactId>,
    pub erased_at: Option<Timestamp>,
    pub attributes: Map<String, Value>,
    pub labels: Vec<String>,
    pub last_seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// An address of a contact in one inbox; unique per inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: IdentityId,
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
    pub address: String,
    pub verified: bool,
    /// Since when nothing reaches the customer there, because they or the provider said so.
    pub unreachable_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl Contact {
    /// Whether there is still somebody: neither erased nor merged into another contact.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.erased_at.is_none() && self.merged_into.is_none()
    }
}

/// Longest name of a contact, in Unicode scalar values.
pub const NAME_CHARS_MAX: usize = 200;

/// A name as a stranger gave it, made harmless: one line, without marks that turn the reading
/// direction around, cut to [`NAME_CHARS_MAX`]. `None` when nothing visible is left.
#[must_use]
pub fn tidy_name(name: &str) -> Option<String> {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}');
    let plain: String =
        name.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|&c| !turns(c)).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let tidy: String = words.join(" ").chars().take(NAME_CHARS_MAX).collect();
    is_visible(&tidy).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_41_a_hostile_name_becomes_a_plain_line() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(tidy_name(name).as_deref(), expected, "{name:?}");
        };
        check("Ana", Some("Ana"));
        check("  Ana\n\tMaria\0 ", Some("Ana Maria"));
        check("\u{202E}txt.exe", Some("txt.exe"));
        check("\u{200B}\u{2066} \r\n", None);
        check("{{7*7}} =cmd()", Some("{{7*7}} =cmd()"));
        check("محمد", Some("محمد"));
        assert_eq!(tidy_name(&"ж".repeat(10_000)).unwrap().chars().count(), NAME_CHARS_MAX);
    }
}
