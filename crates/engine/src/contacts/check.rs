//! Checks of what people and programs say about a contact: the clean value, or the place and reason.

use serde_json::{Map, Value};
use tertulia_domain::contact::NAME_CHARS_MAX;

use crate::{Error, Result, check};

/// Digits of a telephone number (E.164 allows 15; extensions of switchboards come on top).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=20;
/// Longest telephone number with its separators, in Unicode scalar values.
pub(crate) const PHONE_CHARS_MAX: usize = 40;
const ATTRIBUTES_MAX: usize = 50;
const KEY_CHARS_MAX: usize = 64;
/// All attributes of a contact together, as JSON.
const ATTRIBUTES_BYTES_MAX: usize = 16 * 1024;
/// Labels of one contact.
const LABELS_MAX: usize = 50;

pub(super) fn name(pointer: &str, text: &str) -> Result<String> {
    check::line(pointer, text, NAME_CHARS_MAX)
}

/// An e-mail address in the form that is compared; an empty text is none.
pub(crate) fn email(pointer: &str, text: &str) -> Result<Option<String>> {
    if text.trim().is_empty() { Ok(None) } else { check::email(pointer, text).map(Some) }
}

/// A telephone number with its separators removed; an empty text is none.
pub(super) fn phone(pointer: &str, text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain: String = text.chars().filter(|c| !" -()./\u{a0}".contains(*c)).collect();
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    if text.chars().count() <= PHONE_CHARS_MAX && is_number && PHONE_DIGITS.contains(&digits.len())
    {
        return Ok(Some(plain));
    }
    Err(Error::invalid(pointer, "is not a telephone number such as \"+351 912 345 678\""))
}

/// A language tag; an empty text is none.
pub(super) fn locale(pointer: &str, text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { check::locale(pointer, text).map(Some) }
}

pub(crate) fn attributes(pointer: &str, attributes: &Map<String, Value>) -> Result<()> {
    if attributes.len() > ATTRIBUTES_MAX {
        return Err(Error::invalid(pointer, format!("has more than {ATTRIBUTES_MAX} attributes")));
    }
    let is_key = |key: &String| (1..=KEY_CHARS_MAX).contains(&key.chars().count());
    if let Some(key) = attributes.keys().find(|key| !is_key(key)) {
        let detail = format!("{key:.20?} is not a name of 1 to {KEY_CHARS_MAX} characters");
        return Err(Error::invalid(pointer, detail));
    }
    // A map of JSON values always has a JSON form.
    let text = serde_json::to_string(attributes).unwrap_or_default();
    if text.len() > ATTRIBUTES_BYTES_MAX {
        let detail = format!("takes more than {ATTRIBUTES_BYTES_MAX} bytes");
        return Err(Error::Invalid { code: "too_long", pointer: pointer.to_owned(), detail });
    }
    if text.contains("\\u0000") {
        let detail = "contains a NUL character".to_owned();
        return Err(Error::Invalid { code: "invalid_text", pointer: pointer.to_owned(), detail });
    }
    Ok(())
}

/// Names of labels, sorted, each once.
pub(super) fn labels(pointer: &str, names: &[String]) -> Result<Vec<String>> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    if names.len() > LABELS_MAX {
        return Err(Error::invalid(pointer, format!("has more than {LABELS_MAX} labels")));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_lose_their_separators_and_nothing_else() {
        let check = |text| phone("/phone", text).ok();
        assert_eq!(check(" +351 912-345 678 "), Some(Some("+351912345678".to_owned())));
        assert_eq!(check("(11) 4000.1234"), Some(Some("1140001234".to_owned())));
        assert_eq!(check("  "), Some(None));
        for bad in ["12", "+", "call me", "+1+2345", "123456789012345678901", "1\u{0}234"] {
            assert_eq!(check(bad), None, "{bad}");
        }
    }
}
