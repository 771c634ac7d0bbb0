//! `parse_mode` HTML: the few tags that Telegram knows, and its words for the others.

use serde_json::{Map, Value};

use super::{Builder, Formatted};

/// A tag that was opened.
struct Open {
    tag: String,
    start: usize,
    kind: &'static str,
    more: Map<String, Value>,
}

pub(super) fn parse(text: &str) -> Result<Formatted, String> {
    let mut builder = Builder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let offset = text.len() - rest.len();
        match c {
            '<' => {
                let (tag, after) = tag_at(rest, offset)?;
                if let Some(name) = tag.strip_prefix('/') {
                    close(&mut builder, &mut open, name.trim(), offset)?;
                } else {
                    open.push(opened(&tag, builder.units, offset)?);
                }
                rest = after;
            }
            '&' => {
                let (c, after) =
                    reference(rest).unwrap_or(('&', rest.get(1..).unwrap_or_default()));
                builder.push(c);
                rest = after;
            }
            c => {
                builder.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    match open.pop() {
        Some(open) => {
            Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag))
        }
        None => Ok(builder.done()),
    }
}

fn tag_at(rest: &str, offset: usize) -> Result<(String, &str), String> {
    let inner = rest.get(1..).unwrap_or_default();
    let name_ends = inner.find(|c: char| !c.is_ascii_alphanumeric() && !"/-".contains(c));
    let name = inner.get(..name_ends.unwrap_or(inner.len())).unwrap_or_default();
    if !name.starts_with('/') && kind_of(name).is_none() {
        return Err(format!(
            "Unsupported start tag \"{}\" at byte offset {offset}",
            name.to_lowercase()
        ));
    }
    match inner.split_once('>') {
        Some((tag, after)) => Ok((tag.to_owned(), after)),
        None if name.starts_with('/') => Err(format!("Unclosed end tag at byte offset {offset}")),
        None => Err(format!("Unclosed start tag at byte offset {offset}")),
    }
}

fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "span" | "tg-spoiler" => "spoiler",
        "a" => "text_link",
        "code" => "code",
        "pre" => "pre",
        "blockquote" => "blockquote",
        "tg-emoji" => "custom_emoji",
        _ => return None,
    })
}

fn opened(tag: &str, start: usize, offset: usize) -> Result<Open, String> {
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let name = name.to_lowercase();
    let mut kind = kind_of(&name).unwrap_or_default();
    let mut more = Map::new();
    match name.as_str() {
        "a" => {
            let url = attribute(attributes, "href").unwrap_or_default();
            more.insert("url".to_owned(), url.into());
        }
        "span" if attribute(attributes, "class").as_deref() != Some("tg-spoiler") => {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {offset}"
            ));
        }
        "blockquote" if attributes.contains("expandable") => kind = "expandable_blockquote",
        "tg-emoji" => {
            let id = attribute(attributes, "emoji-id").unwrap_or_default();
            more.insert("custom_emoji_id".to_owned(), id.into());
        }
        "code" => {
            let class = attribute(attributes, "class").unwrap_or_default();
            if let Some(language) = class.strip_prefix("language-") {
                more.insert("language".to_owned(), language.into());
            }
        }
        _ => {}
    }
    Ok(Open { tag: name, start, kind, more })
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, rest) = attributes.split_once(&format!("{name}="))?;
    let quote = rest.chars().next()?;
    let value = if quote == '"' || quote == '\'' {
        rest.get(1..)?.split(quote).next()?
    } else {
        rest.split_whitespace().next()?
    };
    let mut decoded = String::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let (c, after) = reference(rest).unwrap_or((c, rest.get(c.len_utf8()..)?));
        decoded.push(c);
        rest = after;
    }
    Some(decoded)
}

fn close(
    builder: &mut Builder,
    open: &mut Vec<Open>,
    name: &str,
    offset: usize,
) -> Result<(), String> {
    let Some(last) = open.pop() else {
        return Err(format!("Unexpected end tag at byte offset {offset}"));
    };
    if !name.is_empty() && !name.eq_ignore_ascii_case(&last.tag) {
        return Err(format!(
            "Unmatched end tag at byte offset {offset}, expected \"</{}>\", found \"</{name}>\"",
            last.tag
        ));
    }
    let is_link = last.kind == "text_link";
    if is_link && last.more.get("url").is_none_or(|url| url == "") {
        // A link without an address is text.
        return Ok(());
    }
    // `<pre><code class="language-rust">` is one entity with a language.
    if last.kind == "code"
        && open.last().is_some_and(|outer| outer.kind == "pre" && outer.start == last.start)
    {
        if let Some(outer) = open.last_mut() {
            outer.more.extend(last.more);
        }
        return Ok(());
    }
    let more = if last.kind == "code" { Map::new() } else { last.more };
    builder.close(last.start, last.kind, more);
    Ok(())
}

/// The character that `&lt;` or `&#60;` stands for.
fn reference(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, after))
}
