//! Databases that do not fit, rows 103 and 105 of the catalogue: refused with the reason, untouched.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tertulia_testkit::{TestEngine, engines};

use crate::command_line::{refused, tertulia};
use crate::process::{Server, command, on_postgres, run};

const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(1);
/// Everything that opens the database, and would change another product's data if it did not look.
const COMMANDS: [&[&str]; 4] =
    [&["serve"], &["migrate"], &["user", "list"], &["account", "create", "Aurora"]];

fn database(dir: &Path) -> PathBuf {
    dir.join("tertulia.db")
}

/// The tables of a database.
fn tables(dir: &Path) -> Vec<String> {
    let connection = Connection::open(database(dir)).unwrap();
    let mut names = Vec::new();
    let listed = connection.pragma_query(None, "table_list", |row| {
        names.push(row.get("name")?);
        Ok(())
    });
    listed.unwrap();
    names.sort();
    names
}

/// A number that moves with every change to the schema.
fn schema_version(dir: &Path) -> i64 {
    let connection = Connection::open(database(dir)).unwrap();
    connection.pragma_query_value(None, "schema_version", |row| row.get(0)).unwrap()
}

/// Prepares a database and checks that every command refuses it with these words, and leaves it.
#[track_caller]
fn refused_by_all(migrated: bool, sql: &str, words: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    if migrated {
        assert_eq!(tertulia(dir.path(), &["migrate"]).code, Some(0));
    }
    Connection::open(database(dir.path())).unwrap().execute_batch(sql).unwrap();
    let before = schema_version(dir.path());
    for arguments in COMMANDS {
        refused(&tertulia(dir.path(), arguments), 69, words);
    }
    let looked = tertulia(dir.path(), &["doctor"]);
    assert_eq!(looked.code, Some(69), "{looked:?}");
    assert!(words.iter().all(|word| looked.out.contains(word)), "{words:?} in {}", looked.out);
    assert_eq!(schema_version(dir.path()), before, "something was changed");
}

#[test]
fn bad_input_103_newer_half_migrated_and_foreign_databases_are_refused() {
    let (newer, half) =
        (include_str!("databases/newer.sql"), include_str!("databases/half_migrated.sql"));
    refused_by_all(true, newer, &["version 999", "this binary knows"]);
    refused_by_all(true, half, &["half migrated", "1 is not"]);
    let foreign = include_str!("databases/foreign.sql");
    refused_by_all(false, foreign, &["something else", "posts, users"]);
    let migrated = include_str!("databases/foreign_with_migrations.sql");
    refused_by_all(false, migrated, &["something else", "users"]);
}

#[test]
fn bad_input_103_an_interrupted_migration_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(tertulia(dir.path(), &["migrate"]).code, Some(0));
    let whole = tables(dir.path());
    let begun = tempfile::tempdir().unwrap();
    // The list is made before the first migration.
    let list = include_str!("databases/begun.sql");
    Connection::open(database(begun.path())).unwrap().execute_batch(list).unwrap();
    assert_eq!(tertulia(begun.path(), &["migrate"]).code, Some(0));
    assert_eq!(tables(begun.path()), whole);
    for _ in 0..10 {
        let dir = tempfile::tempdir().unwrap();
        let mut child = command(dir.path(), &["migrate"]).stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        while !database(dir.path()).exists() {
            assert!(began.elapsed() < DEADLINE, "no database appears");
            std::thread::park_timeout(LOOK);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let ran = tertulia(dir.path(), &["migrate"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(tables(dir.path()), whole);
    }
}

/// A PostgreSQL of the test's own, with settings that lose data.
struct Untrusted {
    child: Child,
    /// As an ordinary role.
    url: String,
}

impl Untrusted {
    fn start(settings: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres.sh");
        let mut child = Command::new(script)
            .args(["sh", "-c", "echo \"$TERTULIA_TEST_PG_URL\"; read -r _"])
            .env_remove("TERTULIA_TEST_PG_URL")
            .env("TERTULIA_TEST_PG_SETTINGS", settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.map_while(Result::ok).find(|line| line.starts_with("postgres://"));
        Self { child, url: url.expect("a server") }
    }
}

impl Drop for Untrusted {
    fn drop(&mut self) {
        // The script ends the server when nobody holds its input any more.
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

#[test]
fn bad_input_105_a_postgres_that_loses_data_is_refused_or_its_risks_are_named() {
    if !engines().contains(&TestEngine::Postgres) {
        return;
    }
    let settings = "fsync = off\n\tfull_page_writes = off\n\tsynchronous_commit = off";
    let untrusted = Untrusted::start(settings);
    let superuser = untrusted.url.replace("tertulia@", "postgres@");
    let dir = tempfile::tempdir().unwrap();
    let words = ["fsync is off", "full_page_writes is off", "row_level_security is not in force"];
    refused(&run(&mut on_postgres(dir.path(), &["serve"], &superuser)), 69, &words);
    let looked = run(&mut on_postgres(dir.path(), &["doctor"], &superuser));
    assert_eq!(looked.code, Some(69), "{looked:?}");
    assert!(words.iter().all(|word| looked.out.contains(word)), "{}", looked.out);
    assert!(looked.out.contains("without our tables"), "it was migrated: {}", looked.out);

    let accepted = |risks: &str, arguments, url| {
        let mut command = on_postgres(dir.path(), arguments, url);
        command.env("TERTULIA_ACCEPT_RISKS", risks);
        command
    };
    let one = run(&mut accepted("[\"fsync\"]", &["serve"], &untrusted.url));
    refused(&one, 69, &["full_page_writes is off"]);
    assert!(!one.err.contains("row_level_security is"), "{}", one.err);
    let all = "[\"fsync\", \"full_page_writes\", \"row_level_security\"]";
    let mut server = Server::start_with(accepted(all, &["serve"], &superuser));
    for risk in ["fsync", "full_page_writes", "row_level_security"] {
        server.hear(&format!("the risk \"{risk}\" is accepted"));
    }
    assert!(server.terminate().success());
    let looked = run(&mut accepted(all, &["doctor"], &superuser));
    assert_eq!(looked.code, Some(0), "{looked:?}");
    assert!(looked.out.contains("look  promises: fsync is off"), "{}", looked.out);
    assert!(looked.out.contains("synchronous_commit is on"), "{}", looked.out);
    refused(
        &run(&mut accepted("[\"fsnc\"]", &["serve"], &superuser)),
        78,
        &["accept_risks", "fsnc"],
    );
}
