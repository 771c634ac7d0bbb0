//! Runs other programs in the repository's root and says which one failed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::tree::repository;

pub(crate) struct Shell {
    root: PathBuf,
}

impl Shell {
    pub(crate) fn in_repository() -> Result<Self> {
        Ok(Self { root: repository()?.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder, which the environment may have moved.
    pub(crate) fn target_folder(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from)
    }

    /// Runs a program; its output goes where ours goes.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let status = self
            .command(program, arguments)
            .status()
            .with_context(|| format!("starting {program}"))?;
        ensure!(status.success(), "{program} {} ended with {status}", arguments.join(" "));
        Ok(())
    }

    /// Runs a program and returns what it wrote to its standard output.
    pub(crate) fn output(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(program, arguments)
            .stderr(std::process::Stdio::inherit())
            .output()
            .with_context(|| format!("starting {program}"))?;
        ensure!(
            output.status.success(),
            "{program} {} ended with {}",
            arguments.join(" "),
            output.status
        );
        String::from_utf8(output.stdout).with_context(|| format!("reading what {program} wrote"))
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        command
    }
}
