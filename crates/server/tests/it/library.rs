//! Canned responses, attribute definitions and saved filters through the API.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Answer, Client, TestApp, on_every_engine};

const RESPONSES: &str = "/v1/canned-responses";
const DEFINITIONS: &str = "/v1/attribute-definitions";
const FILTERS: &str = "/v1/saved-filters";

async fn make(client: &Client, path: &str, body: Value) -> String {
    let made = client.post(path, &body).await;
    assert_eq!(made.status, 201, "{}", made.json());
    format!("{path}/{}", made.json()["id"])
}

async fn patch(client: &Client, path: &str, body: Value) -> Answer {
    client.json(Method::PATCH, path, &body).await
}

async fn items(client: &Client, path: &str) -> Vec<Value> {
    let page = client.get(path).await;
    assert_eq!(page.status, 200, "{}", page.json());
    page.json()["items"].as_array().unwrap().clone()
}

async fn codes(client: &Client, query: &str) -> Vec<String> {
    let found = items(client, &format!("{RESPONSES}?{query}")).await;
    found.iter().map(|item| item["short_code"].as_str().unwrap().to_owned()).collect()
}

/// The kinds of what is in the journal, for those who may read all of it.
async fn journal(app: &TestApp, prefix: &str) -> Vec<String> {
    let mut kinds = Vec::new();
    for event in items(&app.people.administrator, "/v1/events?limit=100").await {
        let kind = event["type"].as_str().unwrap();
        if kind.starts_with(prefix) {
            kinds.push(kind.to_owned());
        }
    }
    kinds
}

#[test]
fn canned_responses_are_kept_found_changed_and_removed() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = &app.people.agent;
        let hi = make(agent, RESPONSES, json!({"short_code": "hi", "content": "Olá!"})).await;
        for (code, content) in [("price-list", "See our hi-res list."), ("high", "Up")] {
            make(agent, RESPONSES, json!({"short_code": code, "content": content})).await;
        }
        make(&app.others.agent, RESPONSES, json!({"short_code": "hi", "content": "theirs"})).await;
        assert_eq!(codes(agent, "").await, ["hi", "high", "price-list"]);
        assert_eq!(codes(agent, "q=HI").await, ["hi", "high", "price-list"], "code, then content");
        assert_eq!(codes(agent, "q=ola").await, ["hi"]);
        let first = agent.get(&format!("{RESPONSES}?q=hi&limit=1")).await.json();
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(codes(agent, &format!("q=hi&limit=1&cursor={cursor}")).await, ["high"]);
        let again = json!({"short_code": "hi", "content": "x"});
        agent.post(RESPONSES, &again).await.is(409, "conflict");
        patch(agent, &hi, json!({"short_code": "high"})).await.is(409, "conflict");
        let changed = patch(agent, &hi, json!({"short_code": "hello"})).await;
        assert_eq!(
            (changed.json()["short_code"].clone(), changed.status.as_u16()),
            (json!("hello"), 200)
        );
        assert_eq!(changed.json()["content"], "Olá!", "what is absent stays");
        assert_eq!(agent.send(Method::DELETE, &hi, None, Vec::new()).await.status, 204);
        agent.send(Method::DELETE, &hi, None, Vec::new()).await.is(404, "not_found");
        let expected = ["created", "created", "created", "updated", "deleted"];
        let expected = expected.map(|verb| format!("canned_response.{verb}"));
        assert_eq!(journal(app, "canned_response.").await, expected);
    });
}

#[test]
fn what_cannot_be_sent_or_found_is_no_canned_response() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = &app.people.agent;
        for (code, content, problem, pointer) in [
            (" ".to_owned(), "x".to_owned(), "empty_text", "/short_code"),
            ("a\nb".to_owned(), "x".to_owned(), "invalid", "/short_code"),
            ("c".repeat(101), "x".to_owned(), "too_long", "/short_code"),
            ("x".to_owned(), " \u{200B}".to_owned(), "empty_text", "/content"),
            ("x".to_owned(), "ж".repeat(10_001), "too_long", "/content"),
            ("x".to_owned(), "a\0b".to_owned(), "invalid_text", "/content"),
        ] {
            let body = json!({"short_code": code, "content": content});
            let refused = agent.post(RESPONSES, &body).await;
            assert_eq!(
                (refused.code().as_str(), &refused.json()["pointer"]),
                (problem, &json!(pointer))
            );
        }
        let long = format!("{RESPONSES}?q={}", "x".repeat(201));
        agent.get(&long).await.is(422, "too_long");
        assert_eq!(codes(agent, "").await, [""; 0]);
    });
}

#[test]
fn attributes_are_described_by_administrators_and_read_by_all() {
    on_every_engine(async |app: &mut TestApp| {
        let people = &app.people;
        let plan = json!({"subject": "contact", "key": "plan", "name": "Plan", "kind": "list",
            "choices": ["free", "paid"], "cue": ""});
        people.supervisor.post(DEFINITIONS, &plan).await.is(403, "forbidden");
        let path = make(&people.administrator, DEFINITIONS, plan.clone()).await;
        people.administrator.post(DEFINITIONS, &plan).await.is(409, "conflict");
        let read = people.agent.get(&path).await.json();
        assert_eq!(read["choices"], json!(["free", "paid"]));
        assert_eq!((&read["cue"], &read["pattern"]), (&Value::Null, &Value::Null));
        let of = async |query| items(&people.agent, &format!("{DEFINITIONS}?{query}")).await.len();
        assert_eq!((of("subject=contact").await, of("subject=conversation").await), (1, 0));
        for (change, problem, pointer) in [
            (json!({"choices": []}), "invalid", "/choices"),
            (json!({"choices": ["a", " a "]}), "invalid", "/choices/1"),
            (json!({"kind": "text", "choices": ["a"]}), "invalid", "/choices"),
            (json!({"name": ""}), "empty_text", "/name"),
            (json!({"pattern": "x".repeat(501)}), "too_long", "/pattern"),
            (json!({"key": "other"}), "unknown_field", "/key"),
        ] {
            let refused = patch(&people.administrator, &path, change).await;
            let body = refused.json();
            assert_eq!((refused.code().as_str(), &body["pointer"]), (problem, &json!(pointer)));
        }
        let change = json!({"kind": "text", "pattern": "^[a-z]+$", "cue": "Letters, please"});
        let changed = patch(&people.administrator, &path, change).await.json();
        assert_eq!((&changed["choices"], &changed["pattern"]), (&json!([]), &json!("^[a-z]+$")));
        let bad = json!({"subject": "contact", "key": "Plan B", "name": "x", "kind": "text"});
        assert_eq!(people.administrator.post(DEFINITIONS, &bad).await.json()["pointer"], "/key");
        let gone = people.administrator.send(Method::DELETE, &path, None, Vec::new()).await;
        assert_eq!(gone.status, 204);
        people.agent.get(&path).await.is(404, "not_found");
    });
}

#[test]
fn a_saved_filter_is_there_for_its_owner_alone() {
    on_every_engine(async |app: &mut TestApp| {
        let people = &app.people;
        let query = json!({"payload": [{"attribute_key": "status", "values": ["open"]}]});
        let body = json!({"subject": "conversation", "name": "Open", "query": query});
        let mine = make(&people.agent, FILTERS, body).await;
        assert_eq!(people.agent.get(&mine).await.json()["query"], query);
        people.administrator.get(&mine).await.is(404, "not_found");
        patch(&people.administrator, &mine, json!({"name": "x"})).await.is(404, "not_found");
        people
            .administrator
            .send(Method::DELETE, &mine, None, Vec::new())
            .await
            .is(404, "not_found");
        assert_eq!(items(&people.administrator, FILTERS).await, [Value::Null; 0]);
        let renamed = patch(&people.agent, &mine, json!({"name": "Late"})).await.json();
        assert_eq!((&renamed["name"], &renamed["query"]), (&json!("Late"), &query));
        let big = json!({"query": {"x": "y".repeat(16_384)}});
        patch(&people.agent, &mine, big).await.is(422, "too_long");
        let listed = format!("{FILTERS}?subject=contact");
        assert_eq!(items(&people.agent, &listed).await, [Value::Null; 0]);
        assert_eq!(people.agent.send(Method::DELETE, &mine, None, Vec::new()).await.status, 204);
        assert_eq!(items(&people.agent, FILTERS).await, [Value::Null; 0]);
    });
}
