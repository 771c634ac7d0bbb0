//! Generated files are what the binary prints today; `make gen` writes them again.

#![cfg(test)]

use std::path::Path;
use std::process::Command;

#[track_caller]
fn check(path: &str, subcommand: &[&str]) {
    let printed = Command::new(env!("CARGO_BIN_EXE_tertulia")).args(subcommand).output().unwrap();
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let committed = std::fs::read(root.join(path)).unwrap_or_default();
    assert!(printed.stdout == committed, "{path} is stale: run `make gen` and commit it");
}

#[test]
fn the_configuration_reference_is_up_to_date() {
    check("docs/src/configuration.md", &["config", "reference"]);
}

#[test]
fn the_openapi_document_is_up_to_date() {
    check("docs/openapi.json", &["openapi"]);
}
