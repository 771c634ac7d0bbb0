//! What Telegram finds in a text by itself: commands, mentions, hashtags, addresses.

use serde_json::{Value, json};

use super::{Formatted, length, start, units};

/// Adds what lies in none of the entities that are there.
pub(super) fn add(formatted: &mut Formatted) {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in formatted.text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end().trim_end_matches(['.', ',', '!', '?', ':', ';', ')']);
        if let Some(kind) = kind(trimmed) {
            found.push(json!({"offset": offset, "length": units(trimmed), "type": kind}));
        }
        offset += units(word);
    }
    found.retain(|new| formatted.entities.iter().all(|old| apart(new, old)));
    formatted.entities.extend(found);
}

fn apart(new: &Value, old: &Value) -> bool {
    start(new) + length(new) <= start(old) || start(old) + length(old) <= start(new)
}

fn kind(word: &str) -> Option<&'static str> {
    let is_name = |text: &str, min: usize| {
        text.len() >= min && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if let Some(command) = word.strip_prefix('/') {
        let (name, bot) = command.split_once('@').unwrap_or((command, "bot"));
        return (is_name(name, 1) && is_name(bot, 3)).then_some("bot_command");
    }
    if let Some(name) = word.strip_prefix('@') {
        return is_name(name, 3).then_some("mention");
    }
    if let Some(tag) = word.strip_prefix('#') {
        let fits = tag.chars().any(char::is_alphabetic)
            && tag.chars().all(|c| c.is_alphanumeric() || c == '_');
        return fits.then_some("hashtag");
    }
    let address = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    if address.is_some_and(|rest| rest.len() > 2) {
        return Some("url");
    }
    let (name, host) = word.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !host.contains('@')).then_some("email")
}
