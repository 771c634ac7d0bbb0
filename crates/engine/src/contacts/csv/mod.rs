//! A file of contacts, read without looking at the database: its rows, and what is wrong with it.
//!
//! What breaks the whole file (encoding, header, an open quote) refuses it; what breaks a row refuses
//! that row. Both name the row and the column.

mod encoding;
mod guard;
mod header;
#[cfg(test)]
mod tests;

use ::csv::{ReaderBuilder, StringRecord, Trim};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use guard::guarded;
pub(super) use header::{ATTRIBUTE_PREFIX, NAMES};

const ROWS_MAX: usize = 50_000;
const CELL_CHARS_MAX: usize = 10_000;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// A record behind the last one; when it does not come out alone, a quote was still open.
const END: &str = "\n\0";

/// Why a row, or the whole file, was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportRejection)]
pub struct Rejection {
    /// Counted from 1, which is the header; blank lines do not count.
    pub row: usize,
    /// The name of the column, where it is about one.
    pub column: Option<String>,
    pub code: String,
    pub detail: String,
}

impl Rejection {
    pub(super) fn new(
        row: usize,
        column: Option<&str>,
        code: &str,
        detail: impl Into<String>,
    ) -> Self {
        let column = column.map(|column| column.chars().take(100).collect());
        Self { row, column, code: code.to_owned(), detail: detail.into() }
    }
}

/// How the bytes were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportForm)]
pub struct Form {
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1251`.
    pub encoding: String,
    /// The character between two cells.
    pub delimiter: String,
}

/// The cells of one row, with the names of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) cells: Vec<(String, String)>,
}

/// What a file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) form: Form,
    pub(super) rows: Vec<Row>,
    pub(super) rejected: Vec<Rejection>,
    /// Something is wrong with the file as a whole, so none of it can be taken.
    pub(super) is_broken: bool,
}

impl Sheet {
    fn broken(form: Form, rejected: Vec<Rejection>) -> Self {
        Self { form, rejected, is_broken: true, ..Self::default() }
    }

    /// Rows below the header.
    pub(super) fn rows_read(&self) -> usize {
        if self.is_broken { 0 } else { self.rows.len() + self.rejected.len() }
    }
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Sheet {
    let (text, encoding) = match encoding::decode(bytes) {
        Ok(decoded) => decoded,
        Err(encoding) => {
            let detail = format!("the file is not text in {encoding}; save it as UTF-8");
            let form = Form { encoding: encoding.to_owned(), ..Form::default() };
            return Sheet::broken(form, vec![Rejection::new(1, None, "invalid_encoding", detail)]);
        }
    };
    let delimiter = delimiter_of(&text);
    let form = Form { encoding: encoding.to_owned(), delimiter: char::from(delimiter).to_string() };
    match rows(&text, delimiter) {
        Ok((rows, rejected)) => Sheet { form, rows, rejected, is_broken: false },
        Err(rejected) => Sheet::broken(form, rejected),
    }
}

/// The delimiter that divides the header into most columns.
fn delimiter_of(text: &str) -> u8 {
    let columns = |delimiter: &u8| {
        let mut record = StringRecord::new();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(*delimiter)
            .from_reader(text.as_bytes());
        reader.read_record(&mut record).map_or(0, |_| record.len())
    };
    // The first of equals: a lone column needs no delimiter, and a comma is the usual one.
    let counted = DELIMITERS.iter().map(|delimiter| (columns(delimiter), *delimiter));
    counted.rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, delimiter)| delimiter)
}

type Rows = (Vec<Row>, Vec<Rejection>);

fn rows(text: &str, delimiter: u8) -> Result<Rows, Vec<Rejection>> {
    let closed = [text, END].concat();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .delimiter(delimiter)
        .from_reader(closed.as_bytes());
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    let mut columns: Option<Vec<String>> = None;
    let mut records = reader.records().zip(1_usize..).peekable();
    while let Some((record, number)) = records.next() {
        let record =
            record.map_err(|e| vec![Rejection::new(number, None, "invalid_csv", e.to_string())])?;
        if records.peek().is_none() && record.iter().eq(["\0"]) {
            break;
        }
        if record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) {
            let column = columns.as_ref().and_then(|columns| columns.get(record.len() - 1));
            let detail = "a quote that begins here is never closed";
            let column = column.map(String::as_str);
            return Err(vec![Rejection::new(number, column, "unclosed_quote", detail)]);
        }
        let Some(columns) = &columns else {
            columns = Some(header::read(record.iter())?);
            continue;
        };
        if number > ROWS_MAX + 1 {
            let detail = format!("the file has more than {ROWS_MAX} rows; divide it");
            return Err(vec![Rejection::new(number, None, "too_many_rows", detail)]);
        }
        match row(number, columns, &record) {
            Ok(row) => rows.push(row),
            Err(rejection) => rejected.push(rejection),
        }
    }
    if columns.is_none() {
        header::read(std::iter::empty())?;
    }
    Ok((rows, rejected))
}

fn row(number: usize, columns: &[String], record: &StringRecord) -> Result<Row, Rejection> {
    if record.len() != columns.len() {
        let (has, wants) = (record.len(), columns.len());
        let column = columns.get(has).or(columns.last()).map(String::as_str);
        let detail = format!("the row has {has} cells, the header has {wants}");
        return Err(Rejection::new(number, column, "ragged_row", detail));
    }
    let mut cells = Vec::with_capacity(columns.len());
    for (column, cell) in columns.iter().zip(record) {
        if cell.chars().nth(CELL_CHARS_MAX).is_some() {
            let detail = format!("the cell has more than {CELL_CHARS_MAX} characters");
            return Err(Rejection::new(number, Some(column), "too_long", detail));
        }
        if cell.contains('\0') {
            let detail = "contains a NUL character";
            return Err(Rejection::new(number, Some(column), "invalid_text", detail));
        }
        cells.push((column.clone(), guard::plain(cell).to_owned()));
    }
    Ok(Row { number, cells })
}
