//! Checks of what people type into settings: each answers the clean value, or the place and the reason.

use std::time::Duration;

use tertulia_domain::content::{chars, visible};
use tertulia_domain::{Timestamp, email};

use crate::{Error, Result};

/// Longest name of a person, team, label or inbox, in Unicode scalar values.
const NAME_CHARS_MAX: usize = 100;
/// Longest description or greeting, in Unicode scalar values.
const TEXT_CHARS_MAX: usize = 2_000;
const DAY_SECS: u64 = 24 * 60 * 60;

/// A name: one visible line.
pub(crate) fn name(pointer: &str, text: &str) -> Result<String> {
    line(pointer, text, NAME_CHARS_MAX)
}

/// One visible line of at most `chars_max` characters.
pub(crate) fn line(pointer: &str, text: &str, chars_max: usize) -> Result<String> {
    let text = text.trim();
    visible(pointer, text, chars_max).map_err(|e| Error::content("", &e))?;
    one_line(pointer, text)
}

/// One line of at most `chars_max` characters that may be empty.
pub(crate) fn optional_line(pointer: &str, text: &str, chars_max: usize) -> Result<String> {
    let text = text.trim();
    chars(pointer, text, chars_max).map_err(|e| Error::content("", &e))?;
    one_line(pointer, text)
}

/// A text that may have several lines, or none.
pub(crate) fn text(pointer: &str, text: &str) -> Result<String> {
    chars(pointer, text, TEXT_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    Ok(text.trim().to_owned())
}

/// An e-mail address, in the form that is compared.
pub(crate) fn email(pointer: &str, text: &str) -> Result<String> {
    email::normalize(text).ok_or_else(|| Error::invalid(pointer, "is not an e-mail address"))
}

/// A moment to come that is at most `days_max` away.
pub(crate) fn future(pointer: &str, at: Timestamp, now: Timestamp, days_max: u64) -> Result<()> {
    if at <= now {
        return Err(Error::invalid(pointer, "is not in the future"));
    }
    if at > now.plus(Duration::from_secs(days_max * DAY_SECS)) {
        return Err(Error::invalid(pointer, format!("is more than {days_max} days away")));
    }
    Ok(())
}

/// A language tag such as `en` or `pt-BR`.
pub(crate) fn locale(pointer: &str, text: &str) -> Result<String> {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    let rest_fits = subtags
        .all(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
    if is_language && rest_fits && text.len() <= 35 {
        return Ok(text.to_owned());
    }
    Err(Error::invalid(pointer, "is not a language tag such as \"en\" or \"pt-BR\""))
}

/// A colour as `#rrggbb`.
pub(crate) fn color(pointer: &str, text: &str) -> Result<String> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(text.to_ascii_lowercase());
    }
    Err(Error::invalid(pointer, "is not a colour such as \"#3b5bdb\""))
}

fn one_line(pointer: &str, text: &str) -> Result<String> {
    if text.contains(char::is_control) {
        return Err(Error::invalid(pointer, "contains a line break or another control character"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_and_colours_have_a_form() {
        for good in ["en", "pt-BR", "zh-Hans-CN", "ast"] {
            assert_eq!(locale("/locale", good).unwrap(), good);
        }
        for bad in ["", "e", "EN", "en_US", "en-", "../../etc", "auto!", "en-toolonglonglong"] {
            assert!(locale("/locale", bad).is_err(), "{bad}");
        }
        assert_eq!(color("/color", "#3B5bdb").unwrap(), "#3b5bdb");
        for bad in ["", "red", "#fff", "#12345g", "3b5bdb", "#3b5bdb;x"] {
            assert!(color("/color", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_one_visible_line() {
        assert_eq!(name("/name", "  Ana  ").unwrap(), "Ana");
        for bad in ["", "   ", "\u{200B}", "a\nb", "a\0", &"x".repeat(101)] {
            assert!(name("/name", bad).is_err(), "{bad:?}");
        }
    }
}
