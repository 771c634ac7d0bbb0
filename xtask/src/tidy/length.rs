//! Files stay short enough to be read in one sitting.
//! `xtask/long_files.txt` names the exceptions; it may only shrink.

use std::collections::HashMap;

use super::Finding;
use crate::tree::{SourceFile, Tree};

const RUST_LINES_MAX: usize = 500;
const WEB_LINES_MAX: usize = 300;
const EXCEPTIONS_PATH: &str = "xtask/long_files.txt";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let exceptions = tree.file(EXCEPTIONS_PATH).map(read_exceptions).unwrap_or_default();
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(lines_max) = lines_max(file) else {
            continue;
        };
        let lines = file.text.lines().count();
        match exceptions.get(file.path.as_str()) {
            None if lines > lines_max => findings.push(Finding::new(
                &file.path,
                lines_max + 1,
                format!("{lines} lines, more than {lines_max}: split it by topic"),
            )),
            Some((number, _)) if lines <= lines_max => findings.push(Finding::new(
                EXCEPTIONS_PATH,
                *number,
                format!("{} is short enough now: remove this line", file.path),
            )),
            Some((_, allowed)) if lines > *allowed => findings.push(Finding::new(
                &file.path,
                lines_max + 1,
                format!("{lines} lines, and its exception ends at {allowed}: split it"),
            )),
            Some((number, allowed)) if lines < *allowed => findings.push(Finding::new(
                EXCEPTIONS_PATH,
                *number,
                format!("{} has shrunk: lower {allowed} to {lines}", file.path),
            )),
            _ => {}
        }
    }
    for (path, (number, _)) in exceptions {
        if tree.file(path).is_none() {
            let advice = format!("{path} does not exist: remove this line");
            findings.push(Finding::new(EXCEPTIONS_PATH, number, advice));
        }
    }
    findings
}

fn lines_max(file: &SourceFile) -> Option<usize> {
    let generated = file.path.starts_with("web/api-client/src/schema");
    if file.has_extension(&["rs"]) {
        Some(RUST_LINES_MAX)
    } else if file.has_extension(&["ts", "tsx", "css"]) && !generated {
        Some(WEB_LINES_MAX)
    } else {
        None
    }
}

/// Lines `path lines  # reason`.
fn read_exceptions(file: &SourceFile) -> HashMap<&str, (usize, usize)> {
    file.lines()
        .filter_map(|(number, line)| {
            let entry = line.split('#').next()?;
            let (path, lines) = entry.trim().split_once(' ')?;
            Some((path, (number, lines.trim().parse().ok()?)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{EXCEPTIONS_PATH, check};
    use crate::tree::Tree;

    fn findings(lines: usize, exceptions: &str) -> usize {
        let text = "x\n".repeat(lines);
        check(&Tree::planted(&[("crates/a/src/lib.rs", &text), (EXCEPTIONS_PATH, exceptions)]))
            .len()
    }

    #[test]
    fn a_long_file_is_found_and_an_exception_only_shrinks() {
        assert_eq!(findings(500, ""), 0);
        assert_eq!(findings(501, ""), 1);
        assert_eq!(findings(600, "crates/a/src/lib.rs 600 # a table"), 0);
        assert_eq!(findings(601, "crates/a/src/lib.rs 600 # a table"), 1);
        assert_eq!(findings(599, "crates/a/src/lib.rs 600 # a table"), 1);
        assert_eq!(findings(100, "crates/a/src/lib.rs 600 # a table"), 1);
        assert_eq!(findings(100, "crates/gone.rs 600 # a table"), 1);
    }
}
