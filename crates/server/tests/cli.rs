//! The commands about people, run as the real binary on a database that is open elsewhere too.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use tertulia_engine::sessions::{Browser, SignIn, sign_in};
use tertulia_engine::{Engine, Error, tokens};

/// A data folder, and the binary on it.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, None)
    }

    fn run_with(&self, arguments: &[&str], input: Option<&str>) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tertulia"))
            .args(arguments)
            .env_clear()
            .env("LC_ALL", "C")
            .env("TERTULIA_DATA_DIR", self.dir.path())
            .current_dir(self.dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        if let Some(input) = input {
            child.stdin.as_mut().unwrap().write_all(input.as_bytes()).unwrap();
        }
        drop(child.stdin.take());
        child.wait_with_output().unwrap()
    }

    /// A server's engine on the same data.
    fn server(&self) -> Engine {
        let file = self.dir.path().join("tertulia.toml");
        std::fs::write(&file, format!("data_dir = {:?}\n", self.dir.path())).unwrap();
        let config = tertulia_server::config::load(Some(&file)).unwrap();
        tertulia_server::serve::engine(&config).unwrap()
    }
}

#[track_caller]
fn ok(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

#[track_caller]
fn refused(output: &Output, code: i32, words: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    assert!(errors.contains(words), "{errors}");
    assert!(output.stdout.is_empty());
}

fn credentials(password: &str) -> SignIn {
    SignIn { email: "ana@example.com".to_owned(), password: password.to_owned(), code: None }
}

fn browser() -> Browser {
    Browser { ip: "127.0.0.1".to_owned(), user_agent: String::new() }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[test]
fn a_running_server_notices_what_a_command_did() {
    let place = Place::new();
    let (engine, runtime) = (place.server(), runtime());
    ok(&place.run(&["account", "create", "Aurora"]));
    let create = ["user", "create", "Ana@Example.com", "--name", "Ana", "--role", "administrator"];
    let password = ok(&place.run(&create));
    let signed_in = runtime.block_on(sign_in(&engine, browser(), credentials(&password))).unwrap();
    assert_eq!(signed_in.me.account.name, "Aurora");

    let make = ["token", "create", "ci", "--user", "ana@example.com", "--scope", "contacts:read"];
    let token = ok(&place.run(&make));
    let ctx = runtime.block_on(tokens::authenticate(&engine, &token)).unwrap();
    assert_eq!(ctx.name, "ci");
    assert!(ok(&place.run(&["token", "list"])).contains("contacts:read"));
    ok(&place.run(&["token", "revoke", "1", "--yes"]));
    let gone = runtime.block_on(tokens::authenticate(&engine, &token));
    assert!(matches!(gone, Err(Error::Unauthenticated { code: "token_invalid", .. })));

    let people = ok(&place.run(&["user", "list", "--json"]));
    let people: serde_json::Value = serde_json::from_str(&people).unwrap();
    assert_eq!(people[0]["email"], "ana@example.com");
    assert!(
        ok(&place.run(&["user", "reset-password", "ana@example.com"])).contains("/reset?token=")
    );
}

#[test]
fn bad_input_110_a_secret_is_never_an_argument() {
    let place = Place::new();
    ok(&place.run(&["account", "create", "Aurora"]));
    let create = ["user", "create", "ana@example.com", "--name", "Ana"];
    for secret in [&["--password", "hunter2hunter2"][..], &["--password=hunter2hunter2"]] {
        let ran = place.run(&[&create[..], secret].concat());
        refused(&ran, 64, "--password-stdin");
        let shown = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(!shown.contains("hunter2"), "the secret is shown: {shown}");
    }
    refused(&place.run(&["--database-url", "postgres://a:hunter2@b/c", "user", "list"]), 64, "");
    assert!(!ok(&place.run(&["user", "list"])).contains("ana@example.com"));
}

#[test]
fn bad_input_112_what_cannot_be_taken_back_is_asked_for() {
    let place = Place::new();
    ok(&place.run(&["account", "create", "Aurora"]));
    let ana = ["user", "create", "ana@example.com", "--name", "Ana", "--role", "administrator"];
    ok(&place.run(&ana));
    ok(&place.run(&["user", "create", "bia@example.com", "--name", "Bia"]));
    let scope = ["--scope", "conversations:read"];
    let make = ["token", "create", "ci", "--user", "ana@example.com"];
    ok(&place.run(&[&make[..], &scope].concat()));
    let revoke = ["token", "revoke", "1"];
    refused(&place.run(&revoke), 64, "Token 1 (ci) would stop working");
    // Nobody sits there, so what comes through a pipe is no consent.
    refused(&place.run_with(&revoke, Some("y\n")), 64, "say --yes");
    assert!(ok(&place.run(&["token", "list"])).contains("ci"));
    let deactivate = ["user", "deactivate", "bia@example.com"];
    refused(&place.run(&deactivate), 64, "bia@example.com would be signed out");
    let yes = |arguments: &[&str]| place.run(&[arguments, &["--yes"]].concat());
    assert!(ok(&place.run(&["user", "list"])).ends_with("yes"));
    ok(&yes(&revoke));
    ok(&yes(&deactivate));
    assert!(!ok(&place.run(&["token", "list"])).contains("ci"));
    assert!(ok(&place.run(&["user", "list"])).ends_with("no"));
    refused(&yes(&["token", "revoke", "7"]), 65, "there is no token 7");
}

#[test]
fn bad_input_115_a_person_is_refused_with_the_reason() {
    let place = Place::new();
    refused(&place.run(&["user", "list"]), 65, "there is no account yet");
    ok(&place.run(&["account", "create", "Aurora"]));
    let create = |email, input| {
        place.run_with(&["user", "create", email, "--name", "Ana", "--password-stdin"], Some(input))
    };
    refused(&create("ana@example.com", ""), 65, "standard input ended");
    refused(&create("ana@example.com", "short\n"), 65, "shorter than 12 characters");
    refused(&create("not an address", "long enough to do\n"), 65, "not an e-mail address");
    ok(&create("ana@example.com", "long enough to do\n"));
    refused(&create("ANA@example.com", "long enough to do\n"), 65, "ana@example.com already");
    let engine = place.server();
    let signed_in = sign_in(&engine, browser(), credentials("long enough to do"));
    runtime().block_on(signed_in).unwrap();
}

#[test]
fn the_account_is_named_when_there_are_several() {
    let place = Place::new();
    ok(&place.run(&["account", "create", "Aurora"]));
    ok(&place.run(&["account", "create", "Boreal", "--locale", "pt-BR"]));
    refused(&place.run(&["user", "list"]), 65, "1 (Aurora), 2 (Boreal)");
    refused(&place.run(&["user", "list", "--account", "3"]), 65, "there is no account 3");
    ok(&place.run(&["user", "list", "--account", "2"]));
    refused(&place.run(&["account", "create", " "]), 65, "account name");
}

#[test]
fn bad_input_111_a_wrong_command_line_ends_with_64() {
    let place = Place::new();
    for arguments in
        [&["usr"][..], &["user", "create"], &["token", "create", "x"], &["user", "--x"]]
    {
        assert_eq!(place.run(arguments).status.code(), Some(64), "{arguments:?}");
    }
    let role = ["user", "create", "a@b.c", "--name", "A", "--role", "boss"];
    refused(&place.run(&role), 64, "administrator, supervisor, agent");
}
