//! Names of files as people see them: no folders, no invisible or reordering characters.

/// Longest name.
const NAME_CHARS_MAX: usize = 200;

/// The last part of a path, without what could deceive its reader.
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .take(NAME_CHARS_MAX)
        .collect();
    match visible.trim_matches(|c: char| c.is_whitespace() || c == '.') {
        "" => "file".to_owned(),
        _ => visible.trim().to_owned(),
    }
}

/// Marks that reorder or hide text: `a<U+202E>gpj.exe` is shown as `aexe.jpg`.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn bad_input_050_names_do_not_deceive() {
        for (name, expected) in [
            ("report.pdf", "report.pdf"),
            ("../../x", "x"),
            ("C:\\fakepath\\x.png", "x.png"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
            ("..", "file"),
            ("", "file"),
            ("/", "file"),
            ("отчёт 1.pdf", "отчёт 1.pdf"),
        ] {
            assert_eq!(clean(name), expected, "{name:?}");
        }
        assert_eq!(clean(&"x".repeat(1_000)).len(), 200);
    }
}
