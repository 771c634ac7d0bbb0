//! Bad input to the HTTP API, rows 1–9 and 13–18 of the catalogue: bodies, keys, cursors, filters.
//! Every row checks the answer and that nothing was changed.

use futures_util::stream;
use reqwest::{Body, Method};
use serde_json::json;

use crate::app::{Answer, TestApp, on_every_engine};

/// A route that takes JSON and changes something.
const ROUTE: &str = "/v1/labels";
const JSON: &str = "application/json";

async fn post(app: &TestApp, body: impl Into<Body>) -> Answer {
    app.people.administrator.send(Method::POST, ROUTE, Some(JSON), body).await
}

/// Sends bodies and checks that each is refused and none changed anything.
fn refused(cases: Vec<(String, u16, &'static str, &'static str)>) {
    on_every_engine(async |app: &mut TestApp| {
        let before = app.journal().await;
        for (body, status, code, pointer) in &cases {
            let answer = post(app, body.clone()).await;
            answer.is(*status, code);
            if !pointer.is_empty() {
                assert_eq!(answer.json()["pointer"], *pointer, "{}", answer.json());
            }
        }
        assert_eq!(app.journal().await, before, "something was changed");
    });
}

fn label(field: &str) -> String {
    format!("{{\"name\":\"vip\",\"color\":\"#112233\",\"description\":\"\"{field}}}")
}

#[test]
fn bad_input_001_what_is_not_json() {
    refused(vec![
        ("{\"name\":".to_owned(), 400, "json_invalid", ""),
        (format!("{} x", label("")), 400, "json_invalid", ""),
        (format!("{}{}", label(""), label("")), 400, "json_invalid", ""),
        (String::new(), 400, "json_invalid", ""),
    ]);
}

#[test]
fn bad_input_002_duplicate_keys() {
    refused(vec![(label(",\"name\":\"x\""), 400, "json_duplicate_key", "/name")]);
}

#[test]
fn bad_input_003_nesting() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    refused(vec![(deep, 400, "json_too_deep", "")]);
}

#[test]
fn bad_input_004_unknown_fields() {
    refused(vec![
        (label(",\"is_admin\":true"), 422, "unknown_field", "/is_admin"),
        (label(",\"colour\":\"x\""), 422, "unknown_field", "/colour"),
    ]);
    on_every_engine(async |app: &mut TestApp| {
        let answer = post(app, label(",\"colour\":\"x\"")).await;
        assert_eq!(answer.json()["hint"], "Did you mean `color`?");
    });
}

#[test]
fn bad_input_005_wrong_types() {
    refused(vec![
        (
            "{\"name\":12,\"color\":\"#112233\",\"description\":\"\"}".to_owned(),
            422,
            "type_mismatch",
            "/name",
        ),
        ("{\"name\":1e400}".to_owned(), 422, "type_mismatch", "/name"),
        ("{\"name\":NaN}".to_owned(), 400, "json_invalid", ""),
        ("[]".to_owned(), 422, "type_mismatch", ""),
    ]);
}

#[test]
fn bad_input_006_text_that_cannot_be_stored() {
    refused(vec![
        (label(",\"x\":\"a\\u0000b\""), 400, "invalid_text", "/x"),
        (label(",\"x\":\"\\ud800\""), 400, "invalid_text", "/x"),
    ]);
    on_every_engine(async |app: &mut TestApp| {
        post(app, b"{\"name\":\"\xff\"}".to_vec()).await.is(400, "invalid_text");
    });
}

#[test]
fn bad_input_007_too_long_and_empty() {
    let named =
        |name: &str| json!({"name": name, "color": "#112233", "description": ""}).to_string();
    on_every_engine(async |app: &mut TestApp| {
        let answer = post(app, named(&"x".repeat(10_000))).await;
        assert_eq!(answer.status, 422, "{}", answer.json());
        assert_eq!(answer.json()["pointer"], "/name");
        for empty in ["", "   ", "\u{200b}\u{200b}"] {
            let answer = post(app, named(empty)).await;
            assert_eq!(answer.status, 422, "{empty:?}: {}", answer.json());
            assert_eq!(answer.json()["pointer"], "/name");
        }
    });
}

#[test]
fn bad_input_008_bodies_without_end_stop_at_the_limit() {
    on_every_engine(async |app: &mut TestApp| {
        let packed = app.people.administrator.with("content-encoding", "gzip");
        let answer = packed.send(Method::POST, ROUTE, Some(JSON), vec![0x1f, 0x8b]).await;
        answer.is(415, "unsupported_media_type");
        let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]));
        let url = ROUTE;
        let sent = app.people.administrator.try_send(
            Method::POST,
            url,
            Some(JSON),
            Body::wrap_stream(endless),
        );
        // The server answers and closes; a client that is still writing may see only the closing.
        if let Some(answer) = sent.await {
            answer.is(413, "body_too_large");
        }
        let large = " ".repeat(2 * 1024 * 1024);
        let client = &app.people.administrator;
        if let Some(answer) = client.try_send(Method::POST, ROUTE, Some(JSON), large).await {
            answer.is(413, "body_too_large");
        }
    });
}

#[test]
fn bad_input_009_media_types() {
    on_every_engine(async |app: &mut TestApp| {
        for media_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
            let client = &app.people.administrator;
            let answer = client.send(Method::POST, ROUTE, media_type, label("")).await;
            answer.is(415, "unsupported_media_type");
            assert!(answer.json()["detail"].as_str().unwrap().contains(JSON));
        }
    });
}

#[test]
fn bad_input_013_a_key_belongs_to_one_request() {
    on_every_engine(async |app: &mut TestApp| {
        let client = app.people.administrator.with("idempotency-key", "one");
        let first = client.send(Method::POST, ROUTE, Some(JSON), label("")).await;
        assert_eq!(first.status, 201, "{}", first.json());
        let again = client.send(Method::POST, ROUTE, Some(JSON), label("")).await;
        assert_eq!((again.status, again.json()), (first.status, first.json()));
        let other = json!({"name": "other", "color": "#112233", "description": ""});
        client.post(ROUTE, &other).await.is(422, "idempotency_mismatch");
        // Another principal's keys are its own.
        let supervisor = app.people.supervisor.with("idempotency-key", "one");
        assert_eq!(supervisor.post(ROUTE, &other).await.status, 201);
    });
}

#[test]
fn bad_input_014_a_key_in_flight_waits_for_the_first_answer() {
    on_every_engine(async |app: &mut TestApp| {
        let client = app.people.administrator.with("idempotency-key", "same");
        let tries = (0..8).map(|_| client.send(Method::POST, ROUTE, Some(JSON), label("")));
        let answers = futures_util::future::join_all(tries).await;
        for answer in &answers {
            assert_eq!((answer.status.as_u16(), answer.json()), (201, answers[0].json()));
        }
        let labels = app.people.administrator.get(ROUTE).await.json();
        assert_eq!(labels["items"].as_array().unwrap().len(), 1, "{labels}");
    });
}

#[test]
fn bad_input_015_keys_are_short_and_visible() {
    on_every_engine(async |app: &mut TestApp| {
        for key in ["", "a b", "tab\tbed", &"k".repeat(10_240)] {
            let client = app.people.administrator.with("idempotency-key", key);
            let answer = client.send(Method::POST, ROUTE, Some(JSON), label("")).await;
            answer.is(400, "idempotency_key_invalid");
        }
    });
}

#[test]
fn bad_input_016_cursors() {
    on_every_engine(async |app: &mut TestApp| {
        for name in ["a", "b", "c"] {
            let body = json!({"name": name, "color": "#112233", "description": ""});
            assert_eq!(app.people.administrator.post(ROUTE, &body).await.status, 201);
        }
        let page = app.people.administrator.get("/v1/users?limit=1").await.json();
        let cursor = page["next_cursor"].as_str().unwrap().to_owned();
        let client = &app.people.administrator;
        assert_eq!(client.get(&format!("/v1/users?limit=1&cursor={cursor}")).await.status, 200);
        client
            .get(&format!("/v1/users?cursor={}", cursor.get(1..).unwrap()))
            .await
            .is(400, "cursor_invalid");
        client.get(&format!("/v1/inboxes?cursor={cursor}")).await.is(400, "cursor_invalid");
        client.get("/v1/events?cursor=nonsense").await.is(400, "cursor_invalid");
    });
}

#[test]
fn bad_input_017_limits() {
    on_every_engine(async |app: &mut TestApp| {
        for limit in ["-1", "0", "101", "1000000000", "ten"] {
            let answer = app.people.administrator.get(&format!("/v1/events?limit={limit}")).await;
            answer.is(422, "invalid");
            assert_eq!(answer.json()["pointer"], "?limit");
            assert!(answer.json()["detail"].as_str().unwrap().contains("100"));
        }
    });
}

#[test]
fn bad_input_018_unknown_filters() {
    on_every_engine(async |app: &mut TestApp| {
        let client = &app.people.administrator;
        client.get("/v1/events?account_id=2").await.is(422, "unknown_field");
        client.get("/v1/users?role=agent'%20OR%201=1--").await.is(422, "unknown_field");
    });
}
