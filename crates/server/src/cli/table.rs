//! Lists on the terminal: aligned columns for people, JSON for programs.

use serde::Serialize;

use super::exit::{Failure, answer};

/// Prints rows under a heading, or the things themselves as JSON.
pub(super) fn print<T: Serialize>(
    json: bool,
    heading: &[&str],
    items: &[T],
    row: impl Fn(&T) -> Vec<String>,
) -> Result<(), Failure> {
    if json {
        let text = serde_json::to_string_pretty(items).map_err(anyhow::Error::from)?;
        answer(&format!("{text}\n"));
        return Ok(());
    }
    let mut rows = vec![heading.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()];
    rows.extend(items.iter().map(row));
    answer(&align(&rows));
    Ok(())
}

fn align(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [vec!["id".into(), "name".into()], vec!["10".into(), "Ána".into()]];
        assert_eq!(align(&rows), "id  name\n10  Ána\n");
        let rows = [vec!["a".into(), "b".into()], vec!["long".into(), String::new()]];
        assert_eq!(align(&rows), "a     b\nlong\n");
    }
}
