//! `parse_mode` MarkdownV2: every reserved character that means nothing must be escaped.

use serde_json::{Map, Value, json};

use super::{Builder, Formatted};

const RESERVED: &str = "_*[]()~`>#+-=|{}.!";

struct Open {
    mark: &'static str,
    kind: &'static str,
    name: &'static str,
    start: usize,
    offset: usize,
}

/// Marks with their entity, and the entity as Telegram's errors call it. Longer marks come first.
const MARKS: &[(&str, &str, &str)] = &[
    ("```", "pre", "Pre"),
    ("`", "code", "Code"),
    ("||", "spoiler", "Spoiler"),
    ("__", "underline", "Underline"),
    ("_", "italic", "Italic"),
    ("*", "bold", "Bold"),
    ("~", "strikethrough", "Strikethrough"),
    ("[", "text_link", "TextUrl"),
];

pub(super) fn parse(text: &str) -> Result<Formatted, String> {
    let mut builder = Builder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut quote: Option<usize> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let offset = text.len() - rest.len();
        let next = rest.get(c.len_utf8()..).unwrap_or_default();
        let in_code = open.last().is_some_and(|open| matches!(open.kind, "pre" | "code"));
        let line_starts =
            offset == 0 || text.get(..offset).is_some_and(|text| text.ends_with('\n'));
        if line_starts && !in_code {
            rest = quoted_line(&mut builder, &mut quote, rest);
            if rest.len() + offset != text.len() {
                continue;
            }
        }
        if c == '\\'
            && next.chars().next().is_some_and(|c| c.is_ascii() && !c.is_ascii_alphanumeric())
        {
            builder.push(next.chars().next().unwrap_or_default());
            rest = next.get(1..).unwrap_or_default();
            continue;
        }
        if let Some(last) = open.last().filter(|last| closes(last, rest)) {
            let (last, mark) = (last.start, last.mark);
            let ended = open.pop().map(|open| (open.kind, open.offset)).unwrap_or_default();
            rest = rest.get(mark.len()..).unwrap_or_default();
            if mark == "[" {
                rest = link(&mut builder, last, rest, text)?;
            } else {
                builder.close(last, ended.0, Map::new());
            }
            continue;
        }
        let mark = MARKS.iter().find(|(mark, ..)| rest.starts_with(mark)).filter(|_| !in_code);
        if let Some((mark, kind, name)) = mark {
            open.push(Open { mark, kind, name, start: builder.units, offset });
            rest = rest.get(mark.len()..).unwrap_or_default();
            continue;
        }
        if RESERVED.contains(c) && !in_code {
            return Err(format!(
                "Character '{c}' is reserved and must be escaped with the preceding '\\'"
            ));
        }
        builder.push(c);
        rest = next;
    }
    if let Some(open) = open.pop() {
        return Err(format!(
            "Can't find end of {} entity at byte offset {}",
            open.name, open.offset
        ));
    }
    if let Some(start) = quote {
        builder.close(start, "blockquote", Map::new());
    }
    Ok(builder.done())
}

/// `>` at the start of a line begins or continues a quotation; any other line ends it.
fn quoted_line<'a>(builder: &mut Builder, quote: &mut Option<usize>, rest: &'a str) -> &'a str {
    match (rest.strip_prefix('>'), *quote) {
        (Some(after), None) => {
            *quote = Some(builder.units);
            after
        }
        (Some(after), Some(_)) => after,
        (None, Some(start)) => {
            builder.close(start, "blockquote", Map::new());
            *quote = None;
            rest
        }
        (None, None) => rest,
    }
}

fn closes(open: &Open, rest: &str) -> bool {
    match open.mark {
        "[" => rest.starts_with(']'),
        // `___` in italic text closes the underline inside first.
        "_" => rest.starts_with('_') && !rest.starts_with("__"),
        mark => rest.starts_with(mark),
    }
}

fn link<'a>(
    builder: &mut Builder,
    start: usize,
    rest: &'a str,
    text: &str,
) -> Result<&'a str, String> {
    let Some(inner) = rest.strip_prefix('(') else { return Ok(rest) };
    let mut url = String::new();
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            ')' if !escaped => {
                let more = json!({"url": url});
                if let Value::Object(more) = more {
                    builder.close(start, "text_link", more);
                }
                return Ok(inner.get(at + 1..).unwrap_or_default());
            }
            c => {
                escaped = false;
                url.push(c);
            }
        }
    }
    Err(format!("Can't find end of a URL at byte offset {}", text.len()))
}
