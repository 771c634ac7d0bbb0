//! `tertulia simulate telegram` as a person starts it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use crate::command_line::{refused, tertulia};
use crate::process::command;

#[test]
fn the_simulator_says_how_to_connect_and_answers_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(dir.path(), &["simulate", "telegram", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = lines.map_while(Result::ok).filter(|line| line.starts_with("  "));
    let mut next = |name: &str| {
        let line = told.next().unwrap();
        line.trim().strip_prefix(name).unwrap().trim().to_owned()
    };
    let url = next("Bot API base URL");
    let token = next("Bot token");
    assert_eq!(next("Play a customer"), format!("{url}/"));

    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "GET /bot{token}/getMe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"username\":\"simulated_shop_bot\""), "{answer}");

    let taken = url.strip_prefix("http://").unwrap();
    let second = tertulia(dir.path(), &["simulate", "telegram", "--listen", taken]);
    refused(&second, 69, &["listening at", taken]);
    child.kill().unwrap();
    child.wait().unwrap();
}
