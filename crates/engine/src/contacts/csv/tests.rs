//! Files as spreadsheets and people write them, without a database.

use super::*;

fn broken(text: &[u8]) -> Vec<(usize, Option<String>, String)> {
    let sheet = read(text);
    assert!(sheet.is_broken && sheet.rows.is_empty(), "{sheet:?}");
    sheet.rejected.into_iter().map(|it| (it.row, it.column, it.code)).collect()
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let sheet = read(bytes);
    assert!(sheet.rejected.is_empty(), "{:?}", sheet.rejected);
    sheet
        .rows
        .into_iter()
        .map(|row| row.cells.into_iter().map(|(_, cell)| cell).collect())
        .collect()
}

#[test]
fn bad_input_093_delimiters_and_encodings_are_recognised() {
    for delimiter in [",", ";", "\t", "|"] {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["name,email", "Жанна,z@example.com", "", "\"a,\"\"b\",b@example.com", ""];
            let text = lines.join(end).replace(',', delimiter);
            let expected = vec![
                vec!["Жанна".to_owned(), "z@example.com".to_owned()],
                vec![format!("a{delimiter}\"b"), "b@example.com".to_owned()],
            ];
            let utf_16: Vec<u16> = std::iter::once(0xFEFF).chain(text.encode_utf16()).collect();
            let little = utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big = utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
            let files: [(&str, Vec<u8>); 5] = [
                ("UTF-8", text.clone().into_bytes()),
                ("UTF-8", format!("\u{FEFF}{text}").into_bytes()),
                ("UTF-16LE", little),
                ("UTF-16BE", big),
                ("windows-1251", cyrillic.into_owned()),
            ];
            for (encoding, bytes) in files {
                let form = read(&bytes).form;
                assert_eq!(
                    (form.encoding.as_str(), form.delimiter.as_str()),
                    (encoding, delimiter)
                );
                assert_eq!(cells(&bytes), expected, "{encoding} {delimiter:?} {end:?}");
            }
        }
    }
    let odd = [0xFF, 0xFE, b'n'];
    assert_eq!(broken(&odd), [(1, None, "invalid_encoding".to_owned())]);
}

#[test]
fn bad_input_094_ragged_rows_open_quotes_and_huge_cells_are_named() {
    let sheet = read(b"name,email\nAna\nBo,bo@example.com,x\nCy,cy@example.com\n");
    let places: Vec<_> =
        sheet.rejected.iter().map(|it| (it.row, it.column.as_deref(), it.code.as_str())).collect();
    assert_eq!(places, [(2, Some("email"), "ragged_row"), (3, Some("email"), "ragged_row")]);
    assert_eq!((sheet.rows.len(), sheet.rows_read()), (1, 3));

    let open = broken(b"name,email\nAna,ana@example.com\n\"Bo,bo@example.com\nCy,c@example.com\n");
    assert_eq!(open, [(3, Some("name".to_owned()), "unclosed_quote".to_owned())]);
    let open = broken(b"name,email\nAna,\"ana@example.com");
    assert_eq!(open, [(2, Some("email".to_owned()), "unclosed_quote".to_owned())]);
    assert_eq!(broken(b"\"name,email\n"), [(1, None, "unclosed_quote".to_owned())]);

    let long = "é".repeat(CELL_CHARS_MAX);
    assert_eq!(cells(format!("name,email\n{long},a@example.com").as_bytes()).len(), 1);
    let sheet = read(format!("name,email\nAna,{long}é\nBo,b\0").as_bytes());
    let codes: Vec<_> = sheet.rejected.iter().map(|it| (it.row, it.code.as_str())).collect();
    assert_eq!(codes, [(2, "too_long"), (3, "invalid_text")]);

    let rows = "Ana,a@example.com\n".repeat(ROWS_MAX);
    assert_eq!(read(format!("name,email\n{rows}").as_bytes()).rows.len(), ROWS_MAX);
    let many = broken(format!("name,email\n{rows}Bo,b@example.com").as_bytes());
    assert_eq!(many, [(ROWS_MAX + 2, None, "too_many_rows".to_owned())]);
}

#[test]
fn bad_input_095_headers_are_exact_and_suggestions_are_made() {
    let check = |header: &str, column: &str, code: &str, word: &str| {
        let rejected = read(format!("{header}\na,b,c\n").as_bytes()).rejected;
        let found = rejected.iter().find(|it| it.column.as_deref() == Some(column));
        let found = found.unwrap_or_else(|| panic!("{header}: {rejected:?}"));
        assert_eq!((found.row, found.code.as_str()), (1, code), "{header}");
        assert!(found.detail.contains(word), "{header}: {}", found.detail);
    };
    check("name,e-mail", "e-mail", "unknown_column", "\"email\"");
    check("name,email,fone", "fone", "unknown_column", "\"phone\"");
    check("name,email,Birthday", "Birthday", "unknown_column", "\"attributes.\"");
    check("name,email,attributes.", "attributes.", "unknown_column", "missing");
    check("name,email,", "", "unknown_column", "\"attributes.\"");
    check("name,email,Email", "email", "duplicate_column", "twice");
    check("email,phone", "name", "missing_column", "\"name\"");
    check("name,locale", "email", "missing_column", "\"phone\"");
    assert_eq!(broken(b"").len(), 2);
    let sheet = read(b" Name ,EMAIL,attributes.Plan\nAna,a@example.com,pro\n");
    let columns: Vec<_> = sheet.rows[0].cells.iter().map(|(column, _)| column.as_str()).collect();
    assert_eq!(columns, ["name", "email", "attributes.Plan"]);
}
