//! The repository's text files, read once, so that every rule looks at the same thing.
//! The walk does not need git: a tree unpacked from an archive is checked as well.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Results, dependencies and data, never sources. (`.git` is a file in a linked work tree.)
const SKIPPED: &[&str] =
    &[".git", "data", "dist", "node_modules", "playwright-report", "target", "test-results"];

/// Larger files are data, and no rule reads data.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The root of the repository that this crate was built from.
pub(crate) fn repository() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask lies directly in the repository's root")
}

/// One text file.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Path from the repository's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| extensions.contains(&found))
    }

    /// Lines with their numbers, counted from 1 as editors do.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.starts_with("e2e/")
            || self.path.contains(".test.")
            || self.path.contains(".spec.")
    }
}

/// All text files of the repository, sorted by path.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
    files: Vec<SourceFile>,
}

impl Tree {
    pub(crate) fn of_repository() -> Result<Self> {
        let root = repository()?;
        let mut files = Vec::new();
        collect(root, root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { root: root.to_owned(), files })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn files(&self) -> &[SourceFile] {
        &self.files
    }

    pub(crate) fn with_extension(&self, extensions: &[&str]) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(move |file| file.has_extension(extensions))
    }

    pub(crate) fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let kind = entry.file_type()?;
        if SKIPPED.iter().any(|skipped| entry.file_name() == *skipped) {
            continue;
        }
        if kind.is_dir() {
            collect(root, &path, files)?;
        } else if kind.is_file() && entry.metadata()?.len() <= FILE_BYTES_MAX {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            // Pictures and other binary files have no lines to check.
            if let Ok(text) = String::from_utf8(bytes) {
                let relative = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: relative, text });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
impl Tree {
    /// A tree that exists only in a test, to plant a fault in.
    pub(crate) fn planted(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() })
            .collect();
        Self { root: PathBuf::new(), files }
    }
}
