//! Rows 19, 20, 23, 24 and 117 of the catalogue: versions, conversations that are over, moments, files
//! that are somebody else's, people who are gone. Every row checks the answer and that nothing was changed.

use serde_json::{Value, json};

use crate::app::{Answer, Client, TestApp, on_every_engine};

/// A conversation that a visitor began: its id and its contact's.
async fn conversation(app: &TestApp, name: &str) -> (i64, i64) {
    let visitor = visitor(app, name).await;
    let hello = json!({"client_id": name, "content": {"type": "text", "text": "hello"}});
    let message = visitor.post("/widget/v1/messages", &hello).await.json();
    let id = message["conversation_id"].as_i64().unwrap();
    let view = app.people.administrator.get(&format!("/v1/conversations/{id}")).await.json();
    (id, view["contact"]["id"].as_i64().unwrap())
}

async fn visitor(app: &TestApp, name: &str) -> Client {
    let inbox = serde_json::to_value(&app.people.widget).unwrap();
    let route = format!("/widget/v1/{}/visitors", inbox["settings"]["key"].as_str().unwrap());
    let made = app.nobody().post(&route, &json!({})).await;
    assert_eq!(made.status, 201, "{name}: {}", made.json());
    app.nobody().with_token(made.json()["token"].as_str().unwrap())
}

fn text(words: &str) -> Value {
    json!({"content": {"type": "text", "text": words}})
}

async fn send(client: &Client, conversation: i64, body: &Value) -> Answer {
    client.post(&format!("/v1/conversations/{conversation}/messages"), body).await
}

/// A refusal that names the field.
#[track_caller]
fn refused_at(answer: &Answer, code: &str, pointer: &str) {
    answer.is(422, code);
    assert_eq!(answer.json()["pointer"], pointer, "{}", answer.json());
}

#[test]
fn bad_input_019_a_version_that_cannot_be_checked_is_not_ignored() {
    on_every_engine(async |app: &mut TestApp| {
        let (id, _) = conversation(app, "ana").await;
        let agent = &app.people.supervisor;
        let before = app.journal().await;
        for (name, value) in [
            ("if-match", "\"7\""),
            ("if-match", "W/\"7\", \"8\""),
            ("if-unmodified-since", "Sat, 29 Oct 2026 19:43:31 GMT"),
        ] {
            let careful = agent.with(name, value);
            send(&careful, id, &text("x")).await.is(412, "version_conflict");
            let priority = format!("/v1/conversations/{id}/priority");
            let answer = careful.post(&priority, &json!({"priority": "high"})).await;
            answer.is(412, "version_conflict");
            assert_eq!(careful.get("/v1/labels").await.status, 200, "reading has no conflict");
        }
        assert_eq!(app.journal().await, before, "something was changed");
        assert_eq!(send(&agent.with("if-match", "*"), id, &text("x")).await.status, 201);
    });
}

#[test]
fn bad_input_020_a_conversation_that_is_over_takes_no_message() {
    on_every_engine(async |app: &mut TestApp| {
        let (agent, boss) = (&app.people.supervisor, &app.people.administrator);
        let nothing = json!({});
        let (resolved, _) = conversation(app, "ana").await;
        agent.post(&format!("/v1/conversations/{resolved}/resolve"), &nothing).await.is(200, "");
        let (merged, contact) = conversation(app, "bia").await;
        let into = boss.post("/v1/contacts", &json!({"name": "Bia"})).await.json();
        let merge = format!("/v1/contacts/{contact}/merge");
        boss.post(&merge, &json!({"into": into["id"]})).await.is(200, "");
        let (erased, contact) = conversation(app, "cora").await;
        boss.post(&format!("/v1/contacts/{contact}/erase"), &nothing).await.is(202, "");
        app.settle().await;
        let before = app.journal().await;
        for (what, id, next_step) in [
            ("resolved", resolved, "reopen it first"),
            ("merged", merged, "reopen it first"),
            ("erased", erased, "cannot be reached"),
        ] {
            let answer = send(agent, id, &text("are you there?")).await;
            assert_eq!(answer.code(), "conversation_closed", "{what}: {}", answer.json());
            answer.is(409, "conversation_closed");
            let detail = answer.json()["detail"].as_str().unwrap().to_owned();
            assert!(detail.contains(next_step), "{what}: the next step is missing: {detail}");
            let later = json!({"until": "2030-01-01T00:00:00Z"});
            let snooze = agent.post(&format!("/v1/conversations/{id}/snooze"), &later).await;
            snooze.is(409, "conversation_closed");
        }
        let reopened = agent.post(&format!("/v1/conversations/{erased}/reopen"), &nothing).await;
        reopened.is(409, "conversation_closed");
        assert_eq!(app.journal().await, before, "something was changed");
        agent.post(&format!("/v1/conversations/{resolved}/reopen"), &nothing).await.is(200, "");
        assert_eq!(send(agent, resolved, &text("and now?")).await.status, 201);
    });
}

#[test]
fn bad_input_117_nobody_is_erased_twice_or_by_mistake() {
    on_every_engine(async |app: &mut TestApp| {
        let (boss, nothing) = (&app.people.administrator, json!({}));
        let (_, erased) = conversation(app, "ana").await;
        let (_, merged) = conversation(app, "bia").await;
        let into = boss.post("/v1/contacts", &json!({"name": "Bia"})).await.json();
        let merge = format!("/v1/contacts/{merged}/merge");
        boss.post(&merge, &json!({"into": into["id"]})).await.is(200, "");
        boss.post(&format!("/v1/contacts/{erased}/erase"), &nothing).await.is(202, "");
        app.settle().await;
        let before = app.journal().await;
        for id in [erased, merged, 999_999] {
            boss.post(&format!("/v1/contacts/{id}/erase"), &nothing).await.is(404, "not_found");
        }
        assert_eq!(app.journal().await, before, "something was changed");
        let kept = boss.get(&format!("/v1/contacts/{}", into["id"])).await;
        assert_eq!(kept.json()["name"], "Bia");
    });
}

#[test]
fn bad_input_023_moments_that_are_not_there_or_too_far_away() {
    on_every_engine(async |app: &mut TestApp| {
        let (id, _) = conversation(app, "ana").await;
        let (agent, boss) = (&app.people.supervisor, &app.people.administrator);
        let snooze = format!("/v1/conversations/{id}/snooze");
        let before = app.journal().await;
        for (moment, code) in [
            ("2027-02-30T00:00:00Z", "type_mismatch"),
            // In summer time's gap in Berlin; without an offset no rule could say what is meant.
            ("2027-03-28T02:30:00", "type_mismatch"),
            ("2027-03-28", "type_mismatch"),
            ("tomorrow", "type_mismatch"),
            ("2027-01-01T25:00:00Z", "type_mismatch"),
            ("9999-12-30T00:00:00Z", "invalid"),
            ("10000-01-01T00:00:00Z", "type_mismatch"),
            ("1970-01-01T00:00:00Z", "invalid"),
        ] {
            let answer = agent.post(&snooze, &json!({"until": moment})).await;
            assert_eq!(answer.code(), code, "{moment}: {}", answer.json());
            refused_at(&answer, code, "/until");
            let token = json!({"name": "t", "scopes": ["contacts:read"], "expires_at": moment});
            refused_at(&boss.post("/v1/tokens", &token).await, code, "/expires_at");
        }
        assert_eq!(app.journal().await, before, "something was changed");
        let offset = json!({"until": "2027-03-28T02:30:00+01:00"});
        let snoozed = agent.post(&snooze, &offset).await.json();
        assert_eq!(snoozed["snoozed_until"], "2027-03-28T01:30:00Z", "{snoozed}");
    });
}

#[test]
fn bad_input_024_a_file_is_used_once_and_by_its_owner() {
    on_every_engine(async |app: &mut TestApp| {
        let (id, _) = conversation(app, "ana").await;
        let agent = &app.people.supervisor;
        let visitor = visitor(app, "bia").await;
        let mine = file(agent, "/v1/attachments").await;
        let foreign = [
            ("a colleague's", file(&app.people.administrator, "/v1/attachments").await),
            ("a visitor's", file(&visitor, "/widget/v1/attachments").await),
            ("another account's", file(&app.others.agent, "/v1/attachments").await),
            ("nobody's", "fil_0123456789".to_owned()),
        ];
        let before = app.journal().await;
        for (whose, token) in &foreign {
            // The one that may be used is not used up by the refusal of the other.
            let answer = send(agent, id, &with_files(&[&mine, token])).await;
            assert_eq!(answer.json()["pointer"], "/attachments/1", "{whose}: {}", answer.json());
            refused_at(&answer, "invalid", "/attachments/1");
            let body = json!({
                "client_id": whose, "content": {"type": "file", "text": ""}, "attachments": [mine],
            });
            let answer = visitor.post("/widget/v1/messages", &body).await;
            refused_at(&answer, "invalid", "/attachments/0");
        }
        refused_at(
            &send(agent, id, &with_files(&[&mine, &mine])).await,
            "invalid",
            "/attachments/1",
        );
        assert_eq!(app.journal().await, before, "something was changed");
        assert_eq!(send(agent, id, &with_files(&[&mine])).await.status, 201);
        refused_at(&send(agent, id, &with_files(&[&mine])).await, "invalid", "/attachments/0");
    });
}

async fn file(client: &Client, route: &str) -> String {
    let uploaded = client.upload(route, "x.txt", b"x").await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.json());
    uploaded.json()["token"].as_str().unwrap().to_owned()
}

fn with_files(tokens: &[&str]) -> Value {
    json!({"content": {"type": "file", "text": ""}, "attachments": tokens})
}
