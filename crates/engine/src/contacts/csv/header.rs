//! The first row of a file: which column says what.

use super::Rejection;

/// The columns that are not attributes.
pub(in crate::contacts) const NAMES: [&str; 5] = ["name", "email", "phone", "locale", "labels"];
pub(in crate::contacts) const ATTRIBUTE_PREFIX: &str = "attributes.";

/// The clean names of the columns, or everything that is wrong with them.
pub(super) fn read<'a>(
    cells: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Vec<Rejection>> {
    let (mut columns, mut rejected): (Vec<String>, _) = (Vec::new(), Vec::new());
    for cell in cells {
        let column = match clean(cell) {
            Ok(column) => column,
            Err(detail) => {
                rejected.push(Rejection::new(1, Some(cell.trim()), "unknown_column", detail));
                continue;
            }
        };
        if columns.contains(&column) {
            let detail = format!("{column:?} is there twice");
            rejected.push(Rejection::new(1, Some(&column), "duplicate_column", detail));
        }
        columns.push(column);
    }
    if !columns.iter().any(|column| column == "name") {
        let detail = "the first row must name the columns, and \"name\" is missing";
        rejected.push(Rejection::new(1, Some("name"), "missing_column", detail));
    }
    if !columns.iter().any(|column| column == "email" || column == "phone") {
        let detail = "a column \"email\" or \"phone\" is missing: contacts are recognised by it";
        rejected.push(Rejection::new(1, Some("email"), "missing_column", detail));
    }
    if rejected.is_empty() { Ok(columns) } else { Err(rejected) }
}

fn clean(cell: &str) -> Result<String, String> {
    let word = cell.trim().to_lowercase();
    if NAMES.contains(&word.as_str()) {
        return Ok(word);
    }
    match cell.trim_start().strip_prefix(ATTRIBUTE_PREFIX) {
        Some(key) if !key.trim().is_empty() => Ok(format!("{ATTRIBUTE_PREFIX}{key}")),
        Some(_) => Err("the name of the attribute is missing after \"attributes.\"".to_owned()),
        None => Err(format!("{:.60?} is not a column; {}", cell.trim(), advice(&word))),
    }
}

/// The name that was probably meant, or how to keep the column as an attribute.
fn advice(word: &str) -> String {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(word, name);
    let nearest = NAMES.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest {
        Some(name) if likeness(name) >= 0.5 => format!("did you mean {name:?}?"),
        _ => format!("an attribute is called \"{ATTRIBUTE_PREFIX}\" and its name"),
    }
}
