//! Words for full-text search: the same ones on every engine, because they are made here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most words that are indexed of one text.
pub const INDEX_WORDS_MAX: usize = 2_000;
/// Most words of a query; further ones are ignored.
pub const QUERY_WORDS_MAX: usize = 8;
/// Longest word, in characters; longer ones are cut, in the index and in queries alike.
pub const WORD_CHARS_MAX: usize = 40;

/// The words of a text: lower case, without accents, split at everything that is not a letter or digit.
///
/// Scripts without spaces between words (Chinese, Japanese, Thai) give one word a character, so that
/// any part of them can be found.
#[must_use]
pub fn words(text: &str, limit: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in folded(text) {
        if is_unspaced(c) {
            push(&mut words, &mut word);
            word.push(c);
            push(&mut words, &mut word);
        } else if c.is_alphanumeric() {
            if word.chars().count() < WORD_CHARS_MAX {
                word.push(c);
            }
        } else {
            push(&mut words, &mut word);
        }
        if words.len() >= limit {
            words.truncate(limit);
            return words;
        }
    }
    push(&mut words, &mut word);
    words.truncate(limit);
    words
}

/// A text as it is compared when punctuation counts: lower case, without accents.
#[must_use]
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text, 100), expected, "{text}");
    }

    #[test]
    fn words_are_folded_and_split() {
        check("Não, São-Paulo!", &["nao", "sao", "paulo"]);
        check("Ёлка и Йод", &["елка", "и", "иод"]);
        check("anna.k+x@example.com", &["anna", "k", "x", "example", "com"]);
        check("order #TR-1840", &["order", "tr", "1840"]);
        check("ﬁn İstanbul STRASSE", &["fin", "istanbul", "strasse"]);
        check("'; DROP \"a\" AND (b* NEAR c)", &["drop", "a", "and", "b", "near", "c"]);
        check("日本語ok", &["日", "本", "語", "ok"]);
        check(" \u{200B}👍 ", &[]);
    }

    #[test]
    fn folding_keeps_punctuation() {
        assert_eq!(fold("/São 50%_Ok"), "/sao 50%_ok");
    }

    #[test]
    fn long_words_and_texts_are_cut() {
        assert_eq!(words(&"x".repeat(1_000), 10), ["x".repeat(WORD_CHARS_MAX)]);
        assert_eq!(words(&"a ".repeat(1_000), 10).len(), 10);
    }
}
