//! Cells that a spreadsheet would run as a formula are exported behind an apostrophe.
//!
//! Reading takes off what writing put before, so that an exported file can be imported unchanged.

/// What a cell begins with when a spreadsheet takes it for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// The cell as text that no spreadsheet runs.
pub(in crate::contacts) fn guarded(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell without the apostrophe of [`guarded`].
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_098_formulas_become_text_and_come_back() {
        for formula in ["=HYPERLINK(\"x\")", "+cmd", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''+2"]
        {
            assert_eq!(guarded(formula), format!("'{formula}"));
            assert_eq!(plain(&guarded(formula)), formula);
        }
        for text in ["Ana", "", "'", "O'Neil", "'tis", "a=b"] {
            assert_eq!((guarded(text).as_str(), plain(text)), (text, text));
        }
    }
}
