//! The dependency directions of `ARCHITECTURE.md` as a test over `cargo metadata`:
//! which crate may know which, and which crate alone may know a library.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::Finding;

/// Internal edges that are allowed; everything else is a finding.
/// `server` wires the whole, so it may know all of it.
const EDGES: &[(&str, &[&str])] = &[
    ("api", &["domain", "engine", "live", "store"]),
    ("bench", &["domain", "engine", "jobs", "store", "testkit"]),
    ("channels", &["domain", "mail", "net"]),
    ("domain", &[]),
    ("doubles", &[]),
    ("engine", &["channels", "domain", "jobs", "net", "store"]),
    ("jobs", &["domain", "store"]),
    ("live", &["domain", "store"]),
    ("mail", &[]),
    ("net", &[]),
    (
        "server",
        &["api", "channels", "domain", "doubles", "engine", "jobs", "live", "mail", "net", "store"],
    ),
    ("sim", &["channels", "domain", "engine", "jobs", "net", "store", "testkit"]),
    ("store", &["domain"]),
    ("testkit", &["domain", "store"]),
    ("xtask", &[]),
];

/// Crates that tests of any crate may use.
const TEST_CRATES: &[&str] = &["doubles", "testkit"];

/// "Only X knows Y": a library and the crates that may use it outside their tests.
const CONFINED: &[(&str, &[&str])] = &[
    ("anyhow", &["bench", "doubles", "server", "sim", "xtask"]),
    ("axum", &["api", "bench", "doubles", "server"]),
    ("clap", &["bench", "server", "sim"]),
    ("figment", &["server"]),
    ("hyper", &["server"]),
    ("hyper-util", &["server"]),
    ("metrics-exporter-prometheus", &["server"]),
    ("postgres", &["store", "testkit"]),
    ("reqwest", &["bench", "net"]),
    ("rusqlite", &["bench", "store"]),
    ("rust-embed", &["server"]),
    ("tokio-postgres", &["store"]),
    ("tokio-postgres-rustls", &["store"]),
    ("tower-http", &["api", "server"]),
    ("tracing-subscriber", &["bench", "server", "sim", "testkit"]),
    ("utoipa-axum", &["api", "server"]),
];

/// Libraries that would give the pure crate a clock, randomness, or the outside world.
const IMPURE: &[&str] = &["getrandom", "object_store", "tokio", "tracing", "tracing-subscriber"];

/// A member of the workspace, as far as the rules look at it.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    manifest_path: String,
    pub(super) dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    kind: Option<String>,
    /// Set for a dependency inside the repository.
    pub(super) path: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Package {
    /// The folder is the name by which the rules know a crate.
    fn folder(&self) -> &str {
        folder_of(self.manifest_path.trim_end_matches("/Cargo.toml"))
    }

    /// The manifest's path from the repository's root.
    pub(super) fn manifest(&self) -> String {
        let folder = self.folder();
        if folder == "xtask" {
            "xtask/Cargo.toml".to_owned()
        } else {
            format!("crates/{folder}/Cargo.toml")
        }
    }
}

pub(super) fn workspace_packages(root: &Path) -> Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("running cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("reading cargo metadata")?;
    Ok(metadata.packages)
}

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Vec<Finding> {
    let own = package.folder();
    let manifest = package.manifest();
    let Some((_, allowed)) = EDGES.iter().find(|(name, _)| *name == own) else {
        let advice = format!(
            "`{own}` is new: give it its edges in xtask/src/tidy/edges.rs and a paragraph in ARCHITECTURE.md"
        );
        return vec![Finding::new(&manifest, 1, advice)];
    };
    let mut findings = Vec::new();
    for dependency in &package.dependencies {
        let for_tests = dependency.kind.as_deref() == Some("dev");
        let advice = match &dependency.path {
            Some(path) => forbidden_edge(own, folder_of(path), allowed, for_tests),
            None if for_tests => None,
            None => confined(own, &dependency.name),
        };
        findings.extend(advice.map(|advice| Finding::new(&manifest, 1, advice)));
    }
    findings
}

fn forbidden_edge(own: &str, other: &str, allowed: &[&str], for_tests: bool) -> Option<String> {
    let fine =
        own == other || allowed.contains(&other) || for_tests && TEST_CRATES.contains(&other);
    (!fine).then(|| {
        format!("`{own}` must not depend on `{other}`; it may know {allowed:?}: turn the call around or move the code")
    })
}

fn confined(own: &str, library: &str) -> Option<String> {
    if own == "domain" && IMPURE.contains(&library) {
        return Some(format!("`domain` is pure and must not know `{library}`: pass the value in"));
    }
    let (_, knowing) = CONFINED.iter().find(|(name, _)| *name == library)?;
    (!knowing.contains(&own))
        .then(|| format!("only {knowing:?} may know `{library}`: go through them"))
}

fn folder_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{Dependency, Package, check};

    fn package(folder: &str, dependency: &str, internal: bool, kind: Option<&str>) -> Package {
        Package {
            manifest_path: format!("/x/crates/{folder}/Cargo.toml"),
            dependencies: vec![Dependency {
                name: dependency.to_owned(),
                kind: kind.map(str::to_owned),
                path: internal.then(|| format!("/x/crates/{dependency}")),
            }],
        }
    }

    #[track_caller]
    fn finds(expected: usize, package: Package) {
        assert_eq!(check(&[package]).len(), expected);
    }

    #[test]
    fn a_wrong_edge_is_found() {
        finds(0, package("engine", "store", true, None));
        finds(1, package("store", "engine", true, None));
        finds(1, package("api", "channels", true, None));
        finds(0, package("store", "testkit", true, Some("dev")));
        finds(1, package("store", "testkit", true, None));
        finds(1, package("unheard_of", "store", true, None));
    }

    #[test]
    fn a_library_in_the_wrong_crate_is_found() {
        finds(1, package("engine", "reqwest", false, None));
        finds(0, package("net", "reqwest", false, None));
        finds(0, package("engine", "reqwest", false, Some("dev")));
        finds(1, package("domain", "tokio", false, None));
    }
}
