//! Boundaries that the dependency graph cannot show: SQL lives in `store`, and a channel provider
//! knows no other provider.

use std::collections::BTreeSet;

use super::Finding;
use crate::tree::{SourceFile, Tree};

/// Where SQL may be written: the store, the test kit's making of databases, and the benchmark's
/// floor, which is a server without a store.
const SQL_FOLDERS: &[&str] =
    &["crates/store/", "crates/testkit/src/database.rs", "crates/bench/src/floor"];

const PROVIDERS_FOLDER: &str = "crates/channels/src/";

/// Starts of statements with a word that must follow on the same line.
const STATEMENTS: &[(&str, &str)] = &[
    (concat!("SEL", "ECT "), " FROM "),
    (concat!("INS", "ERT INTO "), ""),
    (concat!("UPD", "ATE "), " SET "),
    (concat!("DEL", "ETE FROM "), ""),
    (concat!("CREATE ", "TABLE "), ""),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = sql_outside_store(tree);
    findings.extend(provider_imports(tree));
    findings
}

fn sql_outside_store(tree: &Tree) -> Vec<Finding> {
    tree.with_extension(&["rs"])
        .filter(|file| !SQL_FOLDERS.iter().any(|folder| file.path.starts_with(folder)))
        .flat_map(|file| {
            file.lines().filter(|(_, line)| is_sql(line)).map(|(number, _)| {
                Finding::new(
                    &file.path,
                    number,
                    "SQL lives in crates/store: add a method there and call it",
                )
            })
        })
        .collect()
}

fn is_sql(line: &str) -> bool {
    STATEMENTS.iter().any(|(start, follows)| {
        line.split_once(start).is_some_and(|(_, rest)| rest.contains(follows))
    })
}

fn provider_imports(tree: &Tree) -> Vec<Finding> {
    let files: Vec<(&str, &SourceFile)> = tree
        .with_extension(&["rs"])
        .filter_map(|file| {
            let (provider, _) = file.path.strip_prefix(PROVIDERS_FOLDER)?.split_once('/')?;
            Some((provider, file))
        })
        .collect();
    let providers: BTreeSet<&str> = files.iter().map(|(provider, _)| *provider).collect();
    let mut findings = Vec::new();
    for (own, file) in files {
        for (number, line) in file.lines() {
            let other = providers.iter().find(|other| **other != own && imports(line, other));
            if let Some(other) = other {
                let advice =
                    format!("`{own}` must not know `{other}`: move what both need above them");
                findings.push(Finding::new(&file.path, number, advice));
            }
        }
    }
    findings
}

fn imports(line: &str, provider: &str) -> bool {
    ["crate::", "super::super::"].iter().any(|prefix| {
        line.split_once(&format!("{prefix}{provider}"))
            .is_some_and(|(_, rest)| rest.starts_with("::") || rest.starts_with(';'))
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    #[test]
    fn sql_outside_the_store_is_found() {
        let sql = concat!("let q = \"SEL", "ECT id FROM users\";");
        assert_eq!(check(&Tree::planted(&[("crates/api/src/a.rs", sql)])).len(), 1);
        assert_eq!(check(&Tree::planted(&[("crates/store/src/a.rs", sql)])).len(), 0);
        assert_eq!(check(&Tree::planted(&[("crates/api/src/a.rs", "// SELECT one.")])).len(), 0);
    }

    #[test]
    fn a_provider_that_imports_another_is_found() {
        let files = |line: &str| {
            let text = line.to_owned();
            check(&Tree::planted(&[
                ("crates/channels/src/widget/mod.rs", &text),
                ("crates/channels/src/api/mod.rs", ""),
            ]))
            .len()
        };
        assert_eq!(files("use crate::api::parse;"), 1);
        assert_eq!(files("use crate::port::Inbound;"), 0);
        assert_eq!(files("use crate::widget::parse;"), 0);
    }
}
