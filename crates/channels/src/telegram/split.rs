//! A long text in pieces that Telegram takes: at the end of a line, of a word, or at least of a
//! character as people see it.

use tertulia_domain::content::is_visible;
use tertulia_domain::span::{Span, utf16_len};
use unicode_segmentation::UnicodeSegmentation;

/// Longest text of a message, in UTF-16 code units.
pub(super) const TEXT_UNITS_MAX: u32 = 4_096;
/// Longest caption of a file, in UTF-16 code units.
pub(super) const CAPTION_UNITS_MAX: u32 = 1_024;

/// A piece with its own formatting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
}

/// A place where a text may be cut.
#[derive(Debug, Clone, Copy)]
struct Cut {
    byte: usize,
    units: u32,
}

/// Cuts a text; the first piece may have a limit of its own. Together the pieces are the text, but for
/// pieces with nothing visible in them, which Telegram would refuse.
pub(super) fn split(text: &str, spans: &[Span], first_units_max: u32) -> Vec<Piece> {
    let (mut pieces, mut rest, mut offset, mut limit) = (Vec::new(), text, 0, first_units_max);
    while !rest.is_empty() {
        let cut = cut(rest, spans, offset, limit);
        let (piece, behind) = rest.split_at_checked(cut.byte).unwrap_or((rest, ""));
        if is_visible(piece) {
            let spans = inside(spans, offset, offset.saturating_add(cut.units));
            pieces.push(Piece { text: piece.to_owned(), spans });
        }
        offset = offset.saturating_add(cut.units);
        (rest, limit) = (behind, TEXT_UNITS_MAX);
    }
    pieces
}

/// Where to cut the rest of a text that begins at `offset`.
fn cut(rest: &str, spans: &[Span], offset: u32, limit: u32) -> Cut {
    let (mut line, mut word, mut last) = (None, None, Cut { byte: 0, units: 0 });
    for grapheme in rest.graphemes(true) {
        let next = Cut {
            byte: last.byte + grapheme.len(),
            units: last.units.saturating_add(utf16_len(grapheme)),
        };
        if next.units > limit {
            break;
        }
        last = next;
        // A cut in the middle of something marked would be a cut in the middle of a link.
        if spans.iter().any(|s| s.start < offset + last.units && offset + last.units < s.end()) {
            continue;
        }
        if grapheme.ends_with('\n') {
            line = Some(last);
        } else if grapheme.chars().all(char::is_whitespace) {
            word = Some(last);
        }
    }
    if last.byte == rest.len() {
        return last;
    }
    if last.byte == 0 {
        return within_grapheme(rest, limit);
    }
    // A short piece for the sake of a line's end is worse than a broken paragraph.
    let long_enough = |cut: &Cut| cut.units >= limit / 2;
    line.filter(long_enough).or(word.filter(long_enough)).unwrap_or(last)
}

/// A "character" of thousands of marks is no character: it is cut between its parts.
fn within_grapheme(rest: &str, limit: u32) -> Cut {
    let mut last = Cut { byte: 0, units: 0 };
    for c in rest.chars() {
        let units = last.units + if c.len_utf16() == 2 { 2 } else { 1 };
        if units > limit {
            break;
        }
        last = Cut { byte: last.byte + c.len_utf8(), units };
    }
    last
}

/// The formatting of a piece, counted from its beginning.
fn inside(spans: &[Span], from: u32, to: u32) -> Vec<Span> {
    let cut = |span: &Span| {
        let (start, end) = (span.start.max(from), span.end().min(to));
        (start < end).then(|| Span { start: start - from, length: end - start, ..span.clone() })
    };
    spans.iter().filter_map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tertulia_domain::span::SpanKind;

    fn texts(text: &str, spans: &[Span]) -> Vec<String> {
        split(text, spans, TEXT_UNITS_MAX).into_iter().map(|piece| piece.text).collect()
    }

    fn bold(start: u32, length: u32) -> Span {
        Span { start, length, kind: SpanKind::Bold, url: None }
    }

    #[test]
    fn what_fits_is_one_piece_and_one_more_unit_makes_two() {
        let fits = "x".repeat(4_096);
        assert_eq!(texts(&fits, &[]), std::slice::from_ref(&fits));
        let pieces = texts(&format!("{fits}y"), &[]);
        assert_eq!(pieces, [fits, "y".to_owned()]);
        // An emoji counts twice.
        assert_eq!(texts(&"😀".repeat(2_048), &[]).len(), 1);
        assert_eq!(texts(&"😀".repeat(2_049), &[]).len(), 2);
    }

    #[test]
    fn nothing_is_lost_or_torn() {
        let family = "👨‍👩‍👧‍👦";
        for unit in [family, "e\u{301}", "🇧🇷", "ا\u{651}", "word ", "line\n", "ж"] {
            let text = unit.repeat(5_000);
            let pieces = texts(&text, &[]);
            assert_eq!(pieces.concat(), text, "{unit:?}");
            for piece in &pieces {
                assert!(utf16_len(piece) <= TEXT_UNITS_MAX, "{unit:?}");
                assert_eq!(piece.len() % unit.len(), 0, "{unit:?} was torn");
            }
        }
    }

    #[test]
    fn a_cut_is_at_the_end_of_a_line_or_word_and_not_in_a_mark() {
        let text = format!("{}\n{}", "a".repeat(3_000), "b".repeat(3_000));
        assert_eq!(texts(&text, &[])[0].len(), 3_001);
        let text = format!("{} {}", "a".repeat(3_000), "b".repeat(3_000));
        assert_eq!(texts(&text, &[])[0].len(), 3_001);
        let text = format!("{} {} {}", "a".repeat(3_000), "b".repeat(500), "c".repeat(3_000));
        let pieces = split(&text, &[bold(2_990, 600)], TEXT_UNITS_MAX);
        assert_eq!(pieces[0].text.len(), 4_096, "both spaces are inside the mark");
        assert_eq!(pieces[0].spans, [bold(2_990, 600)]);
        assert!(pieces[1].spans.is_empty());
    }

    #[test]
    fn a_mark_over_a_cut_goes_on_behind_it() {
        let text = "x".repeat(5_000);
        let pieces = split(&text, &[bold(0, 5_000)], TEXT_UNITS_MAX);
        assert_eq!(pieces[0].spans, [bold(0, 4_096)]);
        assert_eq!(pieces[1].spans, [bold(0, 904)]);
    }

    #[test]
    fn a_caption_is_short_and_what_follows_is_not() {
        let pieces = split(&"x".repeat(6_000), &[], CAPTION_UNITS_MAX);
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.text.len()).collect();
        assert_eq!(lengths, [1_024, 4_096, 880]);
    }

    #[test]
    fn one_endless_character_ends_all_the_same() {
        let text = format!("e{}", "\u{301}".repeat(10_000));
        let pieces = texts(&text, &[]);
        assert!(pieces.iter().all(|piece| utf16_len(piece) <= TEXT_UNITS_MAX));
        assert_eq!(pieces[0].chars().next(), Some('e'));
    }
}
