//! Words that must not be in the tree: unfinished work, switched-off tests, silenced lints,
//! paths of somebody's machine, addresses of package registries. Also the `//!` header.

use super::Finding;
use crate::tree::{SourceFile, Tree};

/// A word, the files in which it is banned, and what to do instead.
struct Ban {
    word: &'static str,
    applies: fn(&SourceFile) -> bool,
    advice: &'static str,
}

// The words are put together from two halves, so that this file does not accuse itself.
const BANS: &[Ban] = &[
    Ban { word: concat!("todo", "!("), applies: is_rust, advice: "finish it or leave it out" },
    Ban {
        word: concat!("unimplemented", "!("),
        applies: is_rust,
        advice: "finish it or leave it out",
    },
    Ban {
        word: concat!("TO", "DO"),
        applies: is_code,
        advice: "do it, or say in a full sentence what is so and why",
    },
    Ban {
        word: concat!("FIX", "ME"),
        applies: is_code,
        advice: "fix it, or say in a full sentence what is so and why",
    },
    Ban {
        word: concat!("#[ig", "nore"),
        applies: is_rust,
        advice: "a test runs or does not exist: mend it or delete it",
    },
    Ban {
        word: concat!("#[al", "low("),
        applies: is_rust,
        advice: "use #[expect(…, reason = \"…\")]: it says why, and goes away when it is not needed",
    },
    Ban {
        word: concat!("#![al", "low("),
        applies: is_rust,
        advice: "use #![expect(…, reason = \"…\")]: it says why, and goes away when it is not needed",
    },
    Ban {
        word: concat!("should_", "panic"),
        applies: is_rust,
        advice: "test the returned error instead",
    },
    Ban {
        word: concat!(".sk", "ip("),
        applies: is_web_test,
        advice: "a test runs or does not exist: mend it or delete it",
    },
    Ban {
        word: concat!(".on", "ly("),
        applies: is_web_test,
        advice: "it switches all other tests off: remove it",
    },
    Ban {
        word: concat!(".fix", "me("),
        applies: is_web_test,
        advice: "a test runs or does not exist: mend it or delete it",
    },
    Ban {
        word: concat!("waitFor", "Timeout("),
        applies: is_web_test,
        advice: "wait on a condition, not on the clock",
    },
    Ban {
        word: concat!("@ts-", "ignore"),
        applies: is_web,
        advice: "use @ts-expect-error with a reason, or fix the type",
    },
    Ban { word: concat!(": a", "ny"), applies: is_web, advice: "use `unknown` and narrow it" },
    Ban { word: concat!("as a", "ny"), applies: is_web, advice: "use `unknown` and narrow it" },
    Ban {
        word: concat!("/wo", "rk/"),
        applies: is_any,
        advice: "a path of one machine: make it relative to the repository",
    },
    Ban {
        word: concat!("/ro", "ot/"),
        applies: is_any,
        advice: "a path of one machine: make it relative to the repository",
    },
    Ban {
        word: concat!("/ho", "me/"),
        applies: is_any,
        advice: "a path of one machine: make it relative to the repository",
    },
    Ban {
        word: concat!("registry.", "npmjs"),
        applies: is_any,
        advice: "addresses of registries belong into the user's own settings",
    },
    Ban {
        word: concat!("index.", "crates.io"),
        applies: is_any,
        advice: "addresses of registries belong into the user's own settings",
    },
    Ban {
        word: concat!("static.", "crates.io"),
        applies: is_any,
        advice: "addresses of registries belong into the user's own settings",
    },
    Ban {
        word: concat!("deb.", "debian.org"),
        applies: is_any,
        advice: "addresses of registries belong into the user's own settings",
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let bans: Vec<&Ban> = BANS.iter().filter(|ban| (ban.applies)(file)).collect();
        for (number, line) in file.lines() {
            for ban in bans.iter().filter(|ban| has_word(line, ban.word)) {
                findings.push(Finding::new(
                    &file.path,
                    number,
                    format!("`{}` is banned: {}", ban.word, ban.advice),
                ));
            }
        }
        if is_rust(file) && !file.text.starts_with("//! ") {
            findings.push(Finding::new(
                &file.path,
                1,
                "begin with `//!` and one to five lines that say what is here and why",
            ));
        }
    }
    findings
}

/// True if `word` is in `line` and does not continue a longer word or path to its left or right.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        let starts_in_word = word.starts_with(|c: char| c.is_alphanumeric() || c == '/');
        let ends_in_word = word.ends_with(char::is_alphanumeric);
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        // In a sentence ("for: any visitor") another word follows; in a type a sign does.
        let in_sentence = word.ends_with(" any")
            && line
                .get(start + word.len()..)
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_alphanumeric()));
        let path_goes_on = word.starts_with('/') && matches!(before, Some('.' | '-' | '}'));
        !(starts_in_word && joined(before)
            || ends_in_word && joined(after)
            || in_sentence
            || path_goes_on)
    })
}

fn is_any(_: &SourceFile) -> bool {
    true
}

fn is_rust(file: &SourceFile) -> bool {
    file.has_extension(&["rs"])
}

fn is_web(file: &SourceFile) -> bool {
    // The generated client repeats what the server's document says.
    file.has_extension(&["ts", "tsx"]) && !file.path.starts_with("web/api-client/src/schema")
}

fn is_code(file: &SourceFile) -> bool {
    is_rust(file)
        || is_web(file)
        || file.has_extension(&["css", "html", "mjs", "sh", "sql", "toml"])
}

fn is_web_test(file: &SourceFile) -> bool {
    is_web(file) && file.is_test()
}

#[cfg(test)]
mod tests {
    use super::{check, has_word};
    use crate::tree::Tree;

    fn findings(path: &str, text: &str) -> usize {
        check(&Tree::planted(&[(path, text)])).len()
    }

    #[test]
    fn planted_faults_are_found() {
        assert_eq!(findings("crates/a/src/lib.rs", concat!("//! A.\nto", "do!()\n")), 1);
        assert_eq!(findings("crates/a/src/lib.rs", "fn without_header() {}\n"), 1);
        assert_eq!(
            findings("crates/a/src/lib.rs", concat!("//! A.\n#[al", "low(dead_code)]\n")),
            1
        );
        assert_eq!(findings("web/core/src/a.test.ts", concat!("it.sk", "ip('x')\n")), 1);
        assert_eq!(findings("web/core/src/a.ts", concat!("let a: a", "ny\n")), 1);
        assert_eq!(findings("docs/src/a.md", concat!("see /ho", "me/me/x\n")), 1);
        assert_eq!(
            findings("web/.npmrc", concat!("registry=https://registry.", "npm", "js.org\n")),
            1
        );
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert_eq!(findings("crates/a/src/lib.rs", "//! A.\nlet tail = all.iter().skip(1);\n"), 0);
        assert_eq!(findings("web/core/src/a.ts", "const x: anything = 1\n"), 0);
        assert_eq!(findings("web/core/src/a.ts", "\"Origins: any site may show it\"\n"), 0);
        assert!(!has_word("https://example.com/home/", concat!("/ho", "me/")));
        assert!(has_word(concat!("at /ho", "me/me"), concat!("/ho", "me/")));
    }
}
