//! Reads the demo's dialogues from the text files beside it. Their origins are named in NOTICE.

/// What a demo customer speaks; also the locale of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Portuguese,
    Russian,
}

impl Language {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Portuguese => "pt",
            Self::Russian => "ru",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    Customer,
    Agent,
    /// A remark that only the team sees.
    Note,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) speaker: Speaker,
    pub(super) text: &'static str,
}

#[derive(Debug, Clone)]
pub(super) struct Dialogue {
    pub(super) language: Language,
    pub(super) lines: Vec<Line>,
}

/// All dialogues, the languages one after the other.
pub(super) fn all() -> Vec<Dialogue> {
    let files = [
        (Language::English, include_str!("dialogues/en.txt")),
        (Language::Portuguese, include_str!("dialogues/pt.txt")),
        (Language::Russian, include_str!("dialogues/ru.txt")),
    ];
    files.into_iter().flat_map(|(language, text)| parse(language, text)).collect()
}

fn parse(language: Language, text: &'static str) -> Vec<Dialogue> {
    text.split("\n\n")
        .map(|block| Dialogue { language, lines: block.lines().filter_map(parse_line).collect() })
        .filter(|dialogue| !dialogue.lines.is_empty())
        .collect()
}

fn parse_line(line: &'static str) -> Option<Line> {
    let (mark, text) = line.split_once(' ')?;
    let speaker = match mark {
        ">" => Speaker::Customer,
        "<" => Speaker::Agent,
        "#" => Speaker::Note,
        _ => return None,
    };
    Some(Line { speaker, text })
}

#[cfg(test)]
mod tests {
    use super::{Language, Speaker, all};

    #[test]
    fn each_language_has_dialogues_that_a_customer_begins() {
        let dialogues = all();
        for language in [Language::English, Language::Portuguese, Language::Russian] {
            assert!(dialogues.iter().filter(|one| one.language == language).count() >= 16);
        }
        for dialogue in &dialogues {
            assert_eq!(dialogue.lines[0].speaker, Speaker::Customer, "{:?}", dialogue.lines[0]);
        }
    }
}
