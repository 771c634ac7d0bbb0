//! `cargo xtask gen`: writes every generated file of the repository again.
//! Tests compare the committed files with what is generated, so none of them can go stale.

use std::fs;

use anyhow::{Context, Result};

use crate::shell::Shell;

/// A file, and the subcommand of the binary that prints it.
const FROM_THE_BINARY: &[(&str, &[&str])] =
    &[("docs/openapi.json", &["openapi"]), ("docs/src/configuration.md", &["config", "reference"])];

pub(crate) fn run(shell: &Shell) -> Result<()> {
    for (path, subcommand) in FROM_THE_BINARY {
        let cargo = ["run", "--quiet", "--package=tertulia-server", "--"];
        let text = shell.output("cargo", &[&cargo, *subcommand].concat())?;
        fs::write(shell.root().join(path), text).with_context(|| format!("writing {path}"))?;
    }
    // The client's types come from the document that was just written.
    shell.run("npm", &["--prefix", "web", "run", "generate", "--workspace", "@tertulia/api-client"])
}
