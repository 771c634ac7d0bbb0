//! One row of a file as a contact would have it, before anybody looks whether it is known.

use serde_json::{Map, Value};

use crate::contacts::check;
use crate::contacts::csv::{ATTRIBUTE_PREFIX, Rejection, Row};
use crate::{Error, Result};

/// What a row says. What it leaves empty, it does not speak about.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) attributes: Map<String, Value>,
    pub(super) labels: Option<Vec<String>>,
}

pub(super) fn read(row: &Row) -> Result<Entry, Rejection> {
    let entry = cells(row).map_err(|error| rejection(row.number, &error))?;
    if entry.email.is_none() && entry.phone.is_none() {
        let detail = "an e-mail address or a telephone number is needed to recognise the contact";
        return Err(Rejection::new(row.number, Some("email"), "required", detail));
    }
    Ok(entry)
}

fn cells(row: &Row) -> Result<Entry> {
    let mut entry = Entry { row: row.number, ..Entry::default() };
    for (column, cell) in &row.cells {
        match column.as_str() {
            "name" => entry.name = check::name("/name", cell)?,
            "email" => entry.email = check::email("/email", cell)?,
            "phone" => entry.phone = check::phone("/phone", cell)?,
            "locale" => entry.locale = check::locale("/locale", cell)?,
            "labels" => entry.labels = labels(cell)?,
            _ if cell.is_empty() => {}
            attribute => {
                let key = attribute.strip_prefix(ATTRIBUTE_PREFIX).unwrap_or(attribute);
                entry.attributes.insert(key.to_owned(), Value::String(cell.clone()));
            }
        }
    }
    check::attributes("/attributes", &entry.attributes)?;
    Ok(entry)
}

/// Names between `;` or `,`.
fn labels(cell: &str) -> Result<Option<Vec<String>>> {
    let names = cell.split([';', ',']).map(str::trim).filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() { Ok(None) } else { check::labels("/labels", &names).map(Some) }
}

/// A refusal of a field, as a refusal of a cell.
pub(super) fn rejection(row: usize, error: &Error) -> Rejection {
    match error {
        Error::Invalid { code, pointer, detail } => {
            Rejection::new(row, Some(pointer.trim_start_matches('/')), code, detail.clone())
        }
        other => Rejection::new(row, None, "invalid", other.to_string()),
    }
}
