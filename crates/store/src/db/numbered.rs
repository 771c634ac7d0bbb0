//! `$1` means "the first parameter" to PostgreSQL but "a parameter named $1" to SQLite, which numbers
//! named parameters by first appearance. This turns `$1` into SQLite's own `?1`, once per text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Most texts that a thread remembers; texts made at run time are few.
const TEXTS_MAX: usize = 1_000;

thread_local! {
    static KNOWN: RefCell<HashMap<String, Rc<str>>> = RefCell::default();
}

/// The statement as SQLite wants it.
pub(crate) fn numbered(sql: &str) -> Rc<str> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(text) = known.get(sql) {
            return Rc::clone(text);
        }
        if known.len() >= TEXTS_MAX {
            known.clear();
        }
        let text: Rc<str> = translate(sql).into();
        known.insert(sql.to_owned(), Rc::clone(&text));
        text
    })
}

fn translate(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut quoted = false;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '\'';
        let is_parameter = c == '$' && !quoted && chars.peek().is_some_and(char::is_ascii_digit);
        text.push(if is_parameter { '?' } else { c });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_quoted_text_is_left_alone() {
        assert_eq!(
            translate("a = $2 AND b = $10 AND c->>'$.x' = '$1'"),
            "a = ?2 AND b = ?10 AND c->>'$.x' = '$1'"
        );
    }
}
