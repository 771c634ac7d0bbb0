//! Settings, start-up and commands: the rows of §5.9 and §5.10 of the catalogue that apply.

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

use crate::process::{Ran, Server, command, run};

pub fn tertulia(dir: &Path, arguments: &[&str]) -> Ran {
    run(&mut command(dir, arguments))
}

/// One line on standard error with these words in it, and this exit code.
#[track_caller]
pub fn refused(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    assert!(words.iter().all(|word| ran.err.contains(word)), "{words:?} in {}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

#[test]
fn bad_input_101_wrong_settings_name_file_and_place() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("my.toml");
    let named = file.to_str().unwrap();
    for (text, words) in [
        ("lissten = \"x\"", vec![named, "lissten", "did you mean `listen`"]),
        ("[limits]\njson_bytes_max = \"many\"", vec![named, "limits.json_bytes_max"]),
        ("[limits]\n[limits]", vec!["duplicate"]),
        ("listen = ", vec!["TOML"]),
    ] {
        std::fs::write(&file, text).unwrap();
        refused(&tertulia(dir.path(), &["--config", named, "migrate"]), 78, &words);
    }
    refused(
        &tertulia(dir.path(), &["--config", "/nowhere.toml", "migrate"]),
        78,
        &["/nowhere.toml"],
    );
    let mut misspelt = command(dir.path(), &["migrate"]);
    refused(&run(misspelt.env("TERTULIA_LIMITS__JSN_BYTES_MAX", "1")), 78, &["json_bytes_max"]);
}

#[test]
fn bad_input_104_a_data_folder_that_cannot_be() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    refused(&tertulia(&file.join("data"), &["serve"]), 69, &["data_dir"]);
    std::fs::write(dir.path().join("tertulia.db"), "this is not a database, as anybody can see")
        .unwrap();
    refused(&tertulia(dir.path(), &["serve"]), 69, &["database"]);
}

#[test]
fn bad_input_106_the_second_server_names_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let first = Server::start(dir.path());
    let second = tertulia(dir.path(), &["serve"]);
    refused(&second, 69, &["held by process", &first.pid().to_string(), "host"]);
}

#[test]
fn bad_input_107_a_port_in_use_is_one_clear_line() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = run(command(dir.path(), &["serve"]).env("TERTULIA_LISTEN", &address));
    refused(&ran, 69, &["cannot listen on", &address]);
}

#[test]
fn bad_input_111_unknown_commands_and_flags() {
    let dir = tempfile::tempdir().unwrap();
    refused(&tertulia(dir.path(), &["srve"]), 64, &["serve"]);
    refused(&tertulia(dir.path(), &["serve", "--wroker"]), 64, &["--worker"]);
    refused(&tertulia(dir.path(), &["backup"]), 64, &["FOLDER"]);
    assert_eq!(tertulia(dir.path(), &["--help"]).code, Some(0));
}

#[test]
fn a_backup_made_while_serving_is_restored_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (data, backup, other) =
        (dir.path().join("data"), dir.path().join("backup"), dir.path().join("other"));
    let mut server = Server::start(&data);
    let link = server.setup_token();
    let files = data.join("files/1");
    std::fs::create_dir_all(&files).unwrap();
    std::fs::write(files.join("photo"), "a photo").unwrap();
    let made = tertulia(&data, &["backup", backup.to_str().unwrap()]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let restored = tertulia(&other, &["restore", backup.to_str().unwrap()]);
    assert_eq!(restored.code, Some(0), "{restored:?}");
    assert_eq!(std::fs::read_to_string(other.join("files/1/photo")).unwrap(), "a photo");
    let mut second = Server::start(&other);
    assert_ne!(second.setup_token(), link, "a link that was printed once is not printed again");
    assert!(server.terminate().success());
    assert!(second.terminate().success());
}

#[test]
fn bad_input_113_a_restore_checks_before_it_touches() {
    let dir = tempfile::tempdir().unwrap();
    let (data, backup, other) =
        (dir.path().join("data"), dir.path().join("backup"), dir.path().join("other"));
    assert_eq!(tertulia(&data, &["migrate"]).code, Some(0));
    let folder = backup.to_str().unwrap();
    assert_eq!(tertulia(&data, &["backup", folder]).code, Some(0));
    refused(&tertulia(&data, &["backup", folder]), 69, &["is not empty"]);
    refused(&tertulia(&data, &["restore", folder]), 65, &["has data already"]);
    let database = backup.join("tertulia.db");
    let whole = std::fs::read(&database).unwrap();
    let flipped: Vec<u8> = whole.iter().map(|byte| byte ^ 1).collect();
    for (bytes, word) in [(&whole[..whole.len() - 1], "bytes"), (&flipped, "damaged")] {
        std::fs::write(&database, bytes).unwrap();
        refused(&tertulia(&other, &["restore", folder]), 65, &["tertulia.db", word]);
    }
    std::fs::write(&database, &whole).unwrap();
    let manifest = std::fs::read_to_string(backup.join("manifest.json")).unwrap();
    let outside = manifest.replace("tertulia.db", "../data/tertulia.db");
    std::fs::write(backup.join("manifest.json"), outside).unwrap();
    refused(&tertulia(&other, &["restore", folder]), 65, &["not inside"]);
    std::fs::remove_file(backup.join("manifest.json")).unwrap();
    refused(&tertulia(&other, &["restore", folder]), 65, &["manifest.json"]);
    assert!(!other.join("tertulia.db").exists(), "something was written");
}

#[test]
fn a_backup_of_postgres_is_for_its_own_tools() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(dir.path(), &["backup", "/tmp/never"]);
    refused(
        &run(command.env("TERTULIA_DATABASE_URL", "postgres://x@127.0.0.1/x")),
        69,
        &["pg_dump"],
    );
}

#[test]
fn bad_input_114_sigterm_ends_cleanly() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path());
    assert!(server.terminate().success());
}

#[test]
fn bad_input_116_a_backup_that_fails_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    assert_eq!(tertulia(&data, &["migrate"]).code, Some(0));
    std::fs::write(data.join("tertulia.db"), "damaged beyond repair, and not a database").unwrap();
    let backup = dir.path().join("backup");
    let ran = tertulia(&data, &["backup", backup.to_str().unwrap()]);
    refused(&ran, 69, &["bytes"]);
    assert!(!backup.exists());
}

#[test]
fn bad_input_119_a_reader_that_goes_away_is_no_panic() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = command(dir.path(), &["openapi"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn bad_input_120_no_home_no_terminal_no_locale() {
    // `command` clears the environment and works in a folder that it does not write to.
    let dir = tempfile::tempdir().unwrap();
    let ran = tertulia(dir.path(), &["doctor"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("ok    data:"), "{}", ran.out);
    let mut server = Server::start(dir.path());
    assert!(server.terminate().success());
    let ran = tertulia(dir.path(), &["doctor"]);
    assert!(ran.out.contains("synchronous is FULL"), "{}", ran.out);
}
