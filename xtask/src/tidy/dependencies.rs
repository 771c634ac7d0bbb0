//! Every direct dependency has one line in `docs/src/dependencies.md` that says what it is for.
//! A name that nobody can explain is a name that should not be there.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Finding;
use super::edges::Package;
use crate::tree::{SourceFile, Tree};

const LIST_PATH: &str = "docs/src/dependencies.md";

#[derive(Deserialize)]
struct NodePackage {
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
    #[serde(default, rename = "devDependencies")]
    dev_dependencies: BTreeMap<String, String>,
}

pub(super) fn check(tree: &Tree, packages: &[Package]) -> Result<Vec<Finding>> {
    let mut used = rust_dependencies(packages);
    used.extend(node_dependencies(tree)?);
    let explained = tree.file(LIST_PATH).map(explained).unwrap_or_default();
    let missing = used.iter().filter(|(name, _)| !explained.contains(name.as_str()));
    Ok(missing
        .map(|(name, manifest)| {
            let advice =
                format!("`{name}` has no line in {LIST_PATH}: add \"- `{name}`: what it is for\"");
            Finding::new(manifest, 1, advice)
        })
        .collect())
}

/// External libraries of the workspace, each with a manifest that names it.
fn rust_dependencies(packages: &[Package]) -> BTreeMap<String, String> {
    packages
        .iter()
        .flat_map(|package| {
            let external =
                package.dependencies.iter().filter(|dependency| dependency.path.is_none());
            external.map(|dependency| (dependency.name.clone(), package.manifest()))
        })
        .collect()
}

fn node_dependencies(tree: &Tree) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for file in tree.files().iter().filter(|file| file.path.ends_with("package.json")) {
        let package: NodePackage =
            serde_json::from_str(&file.text).with_context(|| format!("reading {}", file.path))?;
        let names = package.dependencies.into_keys().chain(package.dev_dependencies.into_keys());
        for name in names.filter(|name| !name.starts_with("@tertulia/")) {
            found.insert(name, file.path.clone());
        }
    }
    Ok(found)
}

/// The names at the beginning of the list's lines: "- `name`: why".
fn explained(file: &SourceFile) -> BTreeSet<&str> {
    file.text
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once("`: "))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST_PATH, check};
    use crate::tree::Tree;

    #[test]
    fn a_dependency_without_a_line_is_found() {
        let manifest = ("web/package.json", r#"{"devDependencies": {"vite": "8.0.0"}}"#);
        let findings =
            |list: &str| check(&Tree::planted(&[manifest, (LIST_PATH, list)]), &[]).unwrap().len();
        assert_eq!(findings("- `vite`: builds the front ends\n"), 0);
        assert_eq!(findings("vite builds the front ends\n"), 1);
    }
}
