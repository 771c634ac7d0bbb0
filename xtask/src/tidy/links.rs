//! Links between Markdown files resolve, and every page of the book is in its table of contents:
//! a reader never meets a dead end, and a page is never lost.

use super::Finding;
use crate::tree::{SourceFile, Tree};

const BOOK_FOLDER: &str = "docs/src/";
const CONTENTS_PATH: &str = "docs/src/SUMMARY.md";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        tree.with_extension(&["md"]).flat_map(|file| dead_links(tree, file)).collect();
    findings.extend(lost_pages(tree));
    findings
}

fn lost_pages(tree: &Tree) -> Vec<Finding> {
    let contents = tree.file(CONTENTS_PATH).map_or("", |file| file.text.as_str());
    tree.with_extension(&["md"])
        .filter(|file| file.path != CONTENTS_PATH)
        .filter_map(|file| Some((file, file.path.strip_prefix(BOOK_FOLDER)?)))
        .filter(|(_, page)| !contents.contains(&format!("]({page})")))
        .map(|(file, page)| {
            Finding::new(&file.path, 1, format!("add [title]({page}) to {CONTENTS_PATH}"))
        })
        .collect()
}

fn dead_links(tree: &Tree, file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_code = false;
    for (number, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(line).filter(|target| is_local(target)) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !resolves(tree, &file.path, path) {
                let advice =
                    format!("the link `{target}` leads nowhere: correct it or write the page");
                findings.push(Finding::new(&file.path, number, advice));
            }
        }
    }
    findings
}

/// What stands in the round brackets of `[text](target)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

fn is_local(target: &str) -> bool {
    !target.contains("://") && !target.starts_with("mailto:")
}

fn resolves(tree: &Tree, from: &str, target: &str) -> bool {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                if parts.pop().is_none() {
                    return false;
                }
            }
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    tree.file(&path).is_some()
        || tree.files().iter().any(|file| file.path.starts_with(&format!("{path}/")))
        || tree.root().join(&path).exists()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn findings(text: &str) -> usize {
        let contents = ("docs/src/SUMMARY.md", "[a](a.md) [b](b.md)");
        let pages = [("docs/src/a.md", text), ("docs/src/b.md", ""), contents];
        check(&Tree::planted(&pages)).len()
    }

    #[test]
    fn a_dead_link_is_found() {
        assert_eq!(findings("see [b](b.md) and [root](../src/b.md#x)"), 0);
        assert_eq!(findings("see [c](c.md)"), 1);
        assert_eq!(findings("out of [it](../../../x.md)"), 1);
        assert_eq!(findings("[web](https://example.com/x) [here](#part)"), 0);
        assert_eq!(findings("```\n[c](c.md)\n```"), 0);
    }

    #[test]
    fn a_page_that_is_not_in_the_contents_is_found() {
        assert_eq!(check(&Tree::planted(&[("docs/src/lost.md", "")])).len(), 1);
    }
}
