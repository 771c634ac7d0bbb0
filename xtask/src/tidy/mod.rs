//! House rules as tests: what a reviewer would otherwise have to say again and again.
//! Each rule is a function from the tree to findings, and each has a test with a planted fault.

mod boundaries;
mod dependencies;
mod edges;
mod length;
mod links;
mod lock_files;
mod names;
mod words;

use std::fmt;

use anyhow::Result;

use crate::tree::Tree;

/// One breach of a rule: where it is, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    advice: String,
}

impl Finding {
    fn new(path: &str, line: usize, advice: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, advice: advice.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.advice)
    }
}

/// Runs every rule.
pub(crate) fn all(tree: &Tree) -> Result<Vec<Finding>> {
    let packages = edges::workspace_packages(tree.root())?;
    let mut findings = Vec::new();
    findings.extend(words::check(tree));
    findings.extend(names::check(tree));
    findings.extend(length::check(tree));
    findings.extend(boundaries::check(tree));
    findings.extend(edges::check(&packages));
    findings.extend(dependencies::check(tree, &packages)?);
    findings.extend(lock_files::check(tree));
    findings.extend(links::check(tree));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::{Finding, all};
    use crate::tree::Tree;

    #[test]
    fn the_repository_keeps_its_rules() {
        let tree = Tree::of_repository().unwrap();
        let findings: Vec<String> = all(&tree).unwrap().iter().map(Finding::to_string).collect();
        assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
    }
}
