//! Clients that dribble: a head or a body that never ends is ended by the server, and nobody else
//! notices.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::app::Client;
use crate::process::{Server, command};

/// Between two bytes.
const DRIBBLE: Duration = Duration::from_millis(20);
/// How long the server may take to lose its patience, which is set to a second.
const DEADLINE: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(1);

/// A server that waits a second for a head and for a body.
fn start() -> (TempDir, Server) {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(dir.path(), &["serve"]);
    command.env("TERTULIA_LIMITS__HEAD_SECS", "1").env("TERTULIA_LIMITS__BODY_SECS", "1");
    let server = Server::start_with(command);
    (dir, server)
}

fn connect(server: &Server) -> TcpStream {
    let socket = TcpStream::connect(server.base.trim_start_matches("http://")).unwrap();
    socket.set_read_timeout(Some(DRIBBLE)).unwrap();
    socket
}

/// Sends `more` again and again until the server ends the connection; answers what it said.
fn dribble(mut socket: TcpStream, beginning: &str, more: &str) -> String {
    let began = Instant::now();
    socket.write_all(beginning.as_bytes()).unwrap();
    let mut said = Vec::new();
    let mut chunk = [0; 4_096];
    loop {
        match socket.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => said.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            // Bytes that were still on their way meet a closed socket.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}"),
        }
        assert!(began.elapsed() < DEADLINE, "the server waits for ever");
        // After its answer the server may close at any moment.
        drop(socket.write_all(more.as_bytes()));
    }
    assert!(began.elapsed() >= PATIENCE, "the server lost its patience too early");
    String::from_utf8(said).unwrap()
}

#[test]
fn a_head_that_never_ends_ends_the_connection() {
    let (_dir, mut server) = start();
    let said = dribble(connect(&server), "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ", "a");
    assert_eq!(said, "");
    assert!(server.terminate().success());
}

#[test]
fn a_connection_without_a_request_ends() {
    let (_dir, mut server) = start();
    assert_eq!(dribble(connect(&server), "", ""), "");
    let used = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let said = dribble(connect(&server), used, "");
    assert!(said.starts_with("HTTP/1.1 204"), "{said}");
    assert!(server.terminate().success());
}

#[test]
fn a_body_that_never_ends_is_refused_and_others_are_answered() {
    let (_dir, mut server) = start();
    for (route, media_type) in [
        ("/v1/session", "application/json"),
        ("/v1/setup", "application/json"),
        ("/hooks/nobody", "application/json"),
    ] {
        let head = format!(
            "POST {route} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             content-length: 100000\r\n\r\n"
        );
        let slow = connect(&server);
        std::thread::scope(|scope| {
            let slow = scope.spawn(move || dribble(slow, &head, " "));
            tertulia_testkit::runtime().block_on(async {
                let other = Client::new(&server.base);
                other.get("/v1/setup").await.is(200, "");
            });
            let said = slow.join().unwrap();
            assert!(said.starts_with("HTTP/1.1 408"), "{route}: {said}");
            assert!(said.contains("connection: close"), "{route}: {said}");
            assert!(said.contains("body_too_slow"), "{route}: {said}");
        });
    }
    assert!(server.terminate().success());
}

#[test]
fn a_body_that_is_slow_but_keeps_coming_is_read() {
    let (_dir, mut server) = start();
    // Three times the patience, at ten times the rate that is asked for.
    let chunk = " ".repeat(512);
    let began = Instant::now();
    let mut socket = connect(&server);
    let head = "POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                transfer-encoding: chunked\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    let mut early = [0; 1];
    while began.elapsed() < 3 * PATIENCE {
        let heard = socket.read(&mut early);
        assert!(heard.is_err_and(|e| e.kind() == ErrorKind::WouldBlock), "an answer too early");
        write!(socket, "{:x}\r\n{chunk}\r\n", chunk.len()).unwrap();
    }
    socket.write_all(b"2\r\n{}\r\n0\r\n\r\n").unwrap();
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    let mut said = [0; 12];
    socket.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 422");
    assert!(server.terminate().success());
}

#[test]
fn an_answer_that_comes_before_the_body_says_that_the_connection_ends() {
    let (_dir, mut server) = start();
    let mut socket = connect(&server);
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    // As clients do that write head and body apart; nobody reads a body that nobody asked for.
    let head = "PATCH /api/v1/nowhere HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                content-length: 2\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    let mut said = String::new();
    socket.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.1 404"), "{said}");
    assert!(said.contains("connection: close"), "{said}");
    assert!(server.terminate().success());
}
