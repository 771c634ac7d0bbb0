//! A full disk: writes are refused with 503 and Retry-After, reads go on, nothing that was
//! acknowledged is lost, and work goes on when there is space again.
//!
//! Once the disk is "full" by a limit on the size of files, which needs no rights and can be lifted; and
//! once, where this user may mount one, by a small file system.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::app::Client;
use crate::process::{Server, limited, on_small_disk};

/// Enough for the schema and some hundred labels, and less than the length at which the write-ahead
/// log is copied away, so that it is the log that meets the limit.
const FILE_BYTES_MAX: u64 = 3 * 1024 * 1024;
/// Labels after which the disk must be full.
const LABELS_MAX: usize = 5_000;

/// A small disk, and what stands in the way on it: together less than the length at which the log is
/// copied away.
const DISK_BYTES: u64 = 5 * 1024 * 1024;
const BALLAST_BYTES: u64 = 2 * 1024 * 1024;
/// How long the ballast may take to go.
const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(10);

#[test]
fn bad_input_043_a_full_disk_refuses_and_recovers() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start_with(limited(dir.path(), FILE_BYTES_MAX));
    tertulia_testkit::runtime().block_on(fill_and_recover(&mut server, |server| lift(server)));
    server.kill();
    let mut server = Server::start(dir.path());
    assert!(server.terminate().success());
}

#[test]
fn bad_input_043_a_full_file_system_refuses_and_recovers() {
    let dir = tempfile::tempdir().unwrap();
    let Some(command) = on_small_disk(dir.path(), DISK_BYTES, BALLAST_BYTES) else {
        eprintln!("this user may not mount a disk; the limit on files stands for it");
        return;
    };
    let mut server = Server::start_with(command);
    let free = |server: &mut Server| server.tell("make space");
    tertulia_testkit::runtime().block_on(fill_and_recover(&mut server, free));
    assert!(server.terminate().success());
}

/// Writes until the disk is full, looks at what is there, makes space, and goes on.
async fn fill_and_recover(server: &mut Server, make_space: impl Fn(&mut Server)) {
    let client = Client::set_up(server).await;
    let mut kept = BTreeSet::new();
    let refusal = loop {
        assert!(kept.len() < LABELS_MAX, "the disk is not full yet");
        let name = format!("label {}", kept.len());
        let answer = make(&client, &name).await;
        if answer.status != 201 {
            break answer;
        }
        kept.insert(name);
    };
    refusal.is(503, "unavailable");
    assert!(refusal.header("retry-after").parse::<u64>().unwrap() > 0);
    // The log may have been folded into the database meanwhile, which makes space: both are fine.
    if make(&client, "another").await.status == 201 {
        kept.insert("another".to_owned());
    }
    assert_eq!(labels(&client).await, kept, "reads go on");
    make_space(server);
    let began = Instant::now();
    while make(&client, "afterwards").await.status != 201 {
        assert!(began.elapsed() < DEADLINE, "there is space, and nothing is taken");
        tokio::time::sleep(LOOK).await;
    }
    kept.insert("afterwards".to_owned());
    assert_eq!(labels(&client).await, kept);
}

async fn make(client: &Client, name: &str) -> crate::app::Answer {
    client.post("/v1/labels", &json!({"name": name, "color": "#112233", "description": ""})).await
}

async fn labels(client: &Client) -> BTreeSet<String> {
    let (mut names, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = client.get(&format!("/v1/labels?limit=100{cursor}")).await.json();
        for label in page["items"].as_array().unwrap() {
            assert!(
                names.insert(label["name"].as_str().unwrap().to_owned()),
                "{label} is there twice"
            );
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return names,
        }
    }
}

/// Makes space.
fn lift(server: &Server) {
    let pid = server.pid().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status();
    assert!(lifted.unwrap().success());
}
