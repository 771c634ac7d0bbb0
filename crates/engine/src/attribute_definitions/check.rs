//! What a definition may say.

use tertulia_domain::attribute_definition::{
    AttributeKind, CHOICES_MAX, PATTERN_CHARS_MAX, is_key,
};
use tertulia_domain::content::{LINE_CHARS_MAX, chars};

use crate::{Error, Result, check};

/// A key that values can be stored under.
pub(super) fn key(key: &str) -> Result<String> {
    if is_key(key) {
        return Ok(key.to_owned());
    }
    let form = "is not made of lower-case letters, digits, \"_\" and \"-\" (at most 100)";
    Err(Error::invalid("/key", form))
}

/// What a list offers: at least one line, none twice. Other kinds offer nothing.
pub(super) fn choices(kind: AttributeKind, choices: &[String]) -> Result<Vec<String>> {
    if kind != AttributeKind::List {
        if choices.is_empty() {
            return Ok(Vec::new());
        }
        return Err(Error::invalid("/choices", "only a list has choices"));
    }
    if choices.is_empty() || choices.len() > CHOICES_MAX {
        let detail = format!("a list has from 1 to {CHOICES_MAX} choices");
        return Err(Error::invalid("/choices", detail));
    }
    let mut checked: Vec<String> = Vec::with_capacity(choices.len());
    for (i, choice) in choices.iter().enumerate() {
        let pointer = format!("/choices/{i}");
        let choice = check::line(&pointer, choice, LINE_CHARS_MAX)?;
        if checked.contains(&choice) {
            return Err(Error::invalid(pointer, "is there twice"));
        }
        checked.push(choice);
    }
    Ok(checked)
}

/// A pattern is for other programs, in the dialect that they read, so it is not compiled here.
pub(super) fn pattern(pattern: Option<&str>) -> Result<Option<String>> {
    let Some(pattern) = pattern.filter(|text| !text.is_empty()) else { return Ok(None) };
    chars("/pattern", pattern, PATTERN_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    Ok(Some(pattern.to_owned()))
}

/// What people are told when a value does not match.
pub(super) fn cue(cue: Option<&str>) -> Result<Option<String>> {
    let Some(cue) = cue else { return Ok(None) };
    let cue = check::optional_line("/cue", cue, LINE_CHARS_MAX)?;
    Ok(Some(cue).filter(|text| !text.is_empty()))
}
