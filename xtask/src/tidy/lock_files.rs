//! Lock files pin versions and checksums, never addresses: where packages come from is the
//! business of the machine that builds.

use super::Finding;
use crate::tree::Tree;

/// Cargo's own name for the public registry; it is an identity, not an address that is asked.
const CARGO_SOURCE: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let is_address: fn(&str) -> bool = match file.path.rsplit('/').next() {
            Some("package-lock.json") => {
                |line| line.trim_start().starts_with("\"resolved\": \"http")
            }
            Some("Cargo.lock") => |line| line.starts_with("source = ") && line != CARGO_SOURCE,
            _ => continue,
        };
        findings.extend(file.lines().filter(|(_, line)| is_address(line)).map(|(number, _)| {
            Finding::new(
                &file.path,
                number,
                "a download address: npm needs `omit-lockfile-registry-resolved=true`, cargo no other source",
            )
        }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{CARGO_SOURCE, check};
    use crate::tree::Tree;

    #[test]
    fn an_address_is_found() {
        let npm = "  \"resolved\": \"https://mirror.example/vite.tgz\",\n";
        assert_eq!(check(&Tree::planted(&[("web/package-lock.json", npm)])).len(), 1);
        let git = "source = \"git+https://example.com/x\"\n";
        assert_eq!(check(&Tree::planted(&[("Cargo.lock", git)])).len(), 1);
        assert_eq!(check(&Tree::planted(&[("Cargo.lock", CARGO_SOURCE)])).len(), 0);
    }
}
