//! File names that say nothing attract everything, and a crate that forgets the lints has none.

use super::Finding;
use crate::tree::{SourceFile, Tree};

const EMPTY_NAMES: &[&str] =
    &["common", "helper", "helpers", "manager", "misc", "service", "util", "utils"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        if let Some(name) = empty_name(file) {
            let advice = format!("`{name}` says nothing: name it after what it does");
            findings.push(Finding::new(&file.path, 1, advice));
        }
        if is_crate_manifest(file) && !file.text.contains("[lints]\nworkspace = true") {
            let advice = "add `[lints]` with `workspace = true`: every crate keeps the same rules";
            findings.push(Finding::new(&file.path, 1, advice));
        }
    }
    findings
}

fn empty_name(file: &SourceFile) -> Option<&str> {
    if !file.has_extension(&["rs", "ts", "tsx"]) {
        return None;
    }
    file.path.split('/').find(|part| {
        let stem = part.split('.').next().unwrap_or_default();
        EMPTY_NAMES.contains(&stem)
    })
}

fn is_crate_manifest(file: &SourceFile) -> bool {
    file.path != "Cargo.toml" && file.path.ends_with("/Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn findings(path: &str, text: &str) -> usize {
        check(&Tree::planted(&[(path, text)])).len()
    }

    #[test]
    fn an_empty_name_and_a_manifest_without_lints_are_found() {
        assert_eq!(findings("crates/api/src/utils.rs", ""), 1);
        assert_eq!(findings("web/core/src/helpers/time.ts", ""), 1);
        assert_eq!(findings("crates/api/src/problem.rs", ""), 0);
        assert_eq!(findings("crates/api/Cargo.toml", "[package]\n"), 1);
        assert_eq!(findings("crates/api/Cargo.toml", "[lints]\nworkspace = true\n"), 0);
    }
}
