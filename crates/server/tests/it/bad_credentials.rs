//! Bad input to the HTTP API, rows 10–12 and 26–27: credentials, foreign ids, broken HTTP.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_engine::tokens;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::app::{TestApp, on_every_engine};

#[test]
fn bad_input_010_tokens_that_are_no_good() {
    on_every_engine(async |app: &mut TestApp| {
        let command = tokens::Create {
            name: "short".to_owned(),
            scopes: vec![Permission::EventsRead],
            expires_at: Some(
                tertulia_domain::Clock::now(&*app.clock).plus(Duration::from_secs(60)),
            ),
        };
        let made = tokens::create(&app.engine, &app.people.ctx, command).await.unwrap();
        let short = app.nobody().with_token(&made.token.unwrap());
        assert_eq!(short.get("/v1/events").await.status, 200);
        app.clock.advance(Duration::from_secs(60));
        short.get("/v1/events").await.is(401, "token_expired");
        app.nobody().get("/v1/events").await.is(401, "session_required");
        for header in ["Bearer ttl_nonsense", "Bearer ", "Basic YTpi", "x"] {
            let client = app.nobody().with("authorization", header);
            client.get("/v1/events").await.is(401, "token_invalid");
        }
    });
}

#[test]
fn bad_input_011_a_missing_scope_is_named() {
    on_every_engine(async |app: &mut TestApp| {
        let answer = app.people.reader.get("/v1/events").await;
        answer.is(403, "scope_missing");
        assert_eq!(answer.json()["scope"], "events:read");
    });
}

#[test]
fn bad_input_012_ids_of_others_do_not_exist() {
    on_every_engine(async |app: &mut TestApp| {
        let client = &app.people.administrator;
        let foreign = client.get(&format!("/v1/inboxes/{}", app.others.api.id)).await;
        let absent = client.get("/v1/inboxes/999999").await;
        foreign.is(404, "not_found");
        absent.is(404, "not_found");
        assert_eq!(foreign.json()["detail"], absent.json()["detail"]);
        for malformed in ["abc", "1.5", "99999999999999999999", "%00"] {
            assert_eq!(client.get(&format!("/v1/inboxes/{malformed}")).await.status, 422);
        }
    });
}

#[test]
fn a_write_with_the_cookie_comes_from_our_own_pages() {
    on_every_engine(async |app: &mut TestApp| {
        let body = json!({"name": "vip", "color": "#112233", "description": ""});
        let client = &app.people.administrator;
        for site in ["cross-site", "same-site", "none"] {
            client.with("sec-fetch-site", site).post("/v1/labels", &body).await.is(403, "csrf");
        }
        assert_eq!(client.post("/v1/labels", &body).await.status, 201);
    });
}

#[test]
fn bad_input_025_one_token_cannot_take_the_server_from_the_others() {
    on_every_engine(async |app: &mut TestApp| {
        let limit = app.engine.settings.requests_per_principal_per_minute_max;
        let mut refused = None;
        for _ in 0..=limit {
            let answer = app.people.reader.get("/v1/events").await;
            if answer.status == 429 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("a limit");
        refused.is(429, "rate_limited");
        assert_eq!(app.people.program.get("/v1/events").await.status, 200);
        let after: u64 = refused.header("retry-after").parse().unwrap();
        app.clock.advance(Duration::from_secs(after));
        app.people.reader.get("/v1/events").await.is(403, "scope_missing");
    });
}

#[test]
fn bad_input_026_broken_http_is_refused() {
    on_every_engine(async |app: &mut TestApp| {
        let huge =
            format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
        for request in [
            "POST /v1/labels HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "POST /v1/labels HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
            "POST /v1/labels HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
            "NONSENSE\r\n\r\n",
            &huge,
        ] {
            let answer = raw(app, request).await;
            let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
            let start: String = request.chars().take(60).collect();
            assert!(status.starts_with('4') || answer.is_empty(), "{start:?} answered {answer:?}");
        }
        assert_eq!(app.nobody().get("/healthz").await.status, 204, "others are not affected");
    });
}

#[test]
fn bad_input_027_unknown_methods_and_paths() {
    on_every_engine(async |app: &mut TestApp| {
        let client = &app.people.administrator;
        for method in [Method::TRACE, Method::DELETE, Method::from_bytes(b"BREW").unwrap()] {
            let answer = client.send(method, "/v1/events", None, Vec::new()).await;
            answer.is(405, "method_not_allowed");
            assert!(answer.header("allow").contains("GET"));
        }
        let overridden = client.with("x-http-method-override", "DELETE");
        assert_eq!(overridden.get("/v1/events").await.status, 200);
        client.get("/v1/nothing").await.is(404, "not_found");
        client.get("/v1/").await.is(404, "not_found");
    });
}

/// Sends bytes and reads until the server closes or stops talking.
async fn raw(app: &TestApp, request: &str) -> String {
    let mut socket = TcpStream::connect(app.address()).await.unwrap();
    // The server may close before it has read everything; that is an answer too.
    drop(socket.write_all(request.as_bytes()).await);
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(5), async {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = socket.read(&mut chunk).await {
            answer.extend_from_slice(&chunk[..count]);
            if answer.windows(4).any(|window| window == b"\r\n\r\n") {
                break;
            }
        }
    });
    drop(read.await);
    String::from_utf8_lossy(&answer).into_owned()
}
