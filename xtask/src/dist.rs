//! `cargo xtask dist`: the release archive, with console and widget inside the binary.

use std::fs;

use anyhow::{Context, Result};

use crate::shell::Shell;

/// What lies in the archive beside the binary.
const DOCUMENTS: &[&str] = &["CHANGELOG.md", "LICENSE", "NOTICE", "README.md"];

pub(crate) fn run(shell: &Shell) -> Result<()> {
    shell.run("npm", &["--prefix", "web", "ci"])?;
    shell.run("npm", &["--prefix", "web", "run", "build"])?;
    shell.run(
        "cargo",
        &["build", "--release", "--locked", "--package=tertulia-server", "--features=embed-ui"],
    )?;
    let name = format!("tertulia-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let target = shell.target_folder();
    let folder = target.join("dist").join(&name);
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let binary = target.join("release").join("tertulia");
    fs::copy(&binary, folder.join("tertulia"))
        .with_context(|| format!("copying {}", binary.display()))?;
    for document in DOCUMENTS {
        fs::copy(shell.root().join(document), folder.join(document))
            .with_context(|| format!("copying {document}"))?;
    }
    let parent = target.join("dist").display().to_string();
    let archive = format!("{parent}/{name}.tar.gz");
    shell.run("tar", &["--create", "--gzip", "--file", &archive, "--directory", &parent, &name])
}
