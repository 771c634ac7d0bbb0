//! A day of two conversations, told step by step, with its numbers counted by hand.

use std::time::Duration;

use serde_json::{Value, json};
use tertulia_domain::{Clock, Timestamp};

use super::token;
use crate::app::{Client, Role, TestApp};

/// When the day begins.
pub(super) const DAY: &str = "2026-09-22T00:00:00Z";

/// The ids that reports ask for.
pub(super) struct Day {
    pub(super) begins: Timestamp,
    pub(super) agent: i64,
    pub(super) supervisor: i64,
    pub(super) api: i64,
    pub(super) team: i64,
    pub(super) label: i64,
}

impl Day {
    /// Lets it happen.
    ///
    /// | time  | conversation 1 (API inbox, team, label)      | conversation 2 (API inbox)        |
    /// |-------|-----------------------------------------------|-----------------------------------|
    /// | 09:00 | customer                                      |                                   |
    /// | 09:10 | customer                                      |                                   |
    /// | 09:30 | agent: first response after 30 minutes        |                                   |
    /// | 10:00 | a note                                        | customer                          |
    /// | 10:20 | customer                                      | supervisor: first after 20        |
    /// | 10:40 | agent: reply after 20                         |                                   |
    /// | 11:00 | closed, assigned to the agent, after 2 hours  |                                   |
    /// | 23:30 |                                               | customer, unanswered              |
    pub(super) async fn pass(app: &TestApp) -> Self {
        let people = &app.people;
        let begins = Timestamp::parse(DAY).unwrap();
        let at = |hour: u64, minute: u64| {
            let then = begins.plus(Duration::from_secs((hour * 60 + minute) * 60));
            app.clock.advance(then.since(app.clock.now()));
        };
        let lead = &people.program;
        // Sessions of browsers do not last the night.
        let by = async |role| app.nobody().with_token(&token(app, role).await);
        let (person, colleague) = (by(Role::Agent).await, by(Role::Supervisor).await);
        let id =
            async |client: &Client| client.get("/v1/session").await.json()["user"]["id"].clone();
        let (agent, supervisor) = (id(&people.agent).await, id(&people.supervisor).await);
        let api = people.api.id.0;
        let members = json!({"user_ids": [agent]});
        let path = format!("/v1/inboxes/{api}/members");
        assert_eq!(lead.json(reqwest::Method::PUT, &path, &members).await.status, 200);
        let team =
            made(lead, "/v1/teams", json!({"name": "t", "description": "", "member_ids": []}))
                .await;
        let label =
            made(lead, "/v1/labels", json!({"name": "l", "color": "#112233", "description": ""}))
                .await;

        at(9, 0);
        let one = says(app, "ana", "1").await;
        at(9, 10);
        says(app, "ana", "2").await;
        at(9, 30);
        write(&person, &one, "public").await;
        at(10, 0);
        write(&person, &one, "note").await;
        let two = says(app, "bo", "3").await;
        at(10, 20);
        says(app, "ana", "4").await;
        write(&colleague, &two, "public").await;
        at(10, 40);
        write(&person, &one, "public").await;
        at(11, 0);
        act(lead, &one, "team", json!({"team_id": team})).await;
        act(lead, &one, "labels", json!({"labels": ["l"]})).await;
        act(lead, &one, "assign", json!({"user_id": agent})).await;
        act(lead, &one, "resolve", json!(null)).await;
        at(23, 30);
        says(app, "bo", "5").await;
        at(24, 0);
        let number = |value: Value| value.as_i64().unwrap();
        Self {
            begins,
            agent: number(agent),
            supervisor: number(supervisor),
            api,
            team: number(team),
            label: number(label),
        }
    }
}

async fn made(client: &Client, path: &str, body: Value) -> Value {
    let made = client.post(path, &body).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()["id"].clone()
}

/// A customer writes; the conversation.
async fn says(app: &TestApp, contact: &str, id: &str) -> Value {
    let inbox = &app.people.api;
    let lead = &app.people.program;
    let secret = lead.get(&format!("/v1/inboxes/{}/secret", inbox.id)).await.json();
    let hook = app.nobody().with_token(secret["secret"].as_str().unwrap());
    let event = json!({"type": "message", "id": id, "contact": {"id": contact, "name": contact},
        "content": {"type": "text", "text": "hello"}});
    let told =
        hook.post(&format!("/hooks/{}", inbox.hook_token), &json!({"events": [event]})).await;
    assert_eq!(told.json()["events"][0]["outcome"], "accepted", "{}", told.json());
    let page = lead.get("/v1/conversations?view=all&limit=100").await.json();
    let of = |one: &&Value| one["contact"]["name"] == contact;
    page["items"].as_array().unwrap().iter().find(of).unwrap()["id"].clone()
}

async fn write(client: &Client, conversation: &Value, visibility: &str) {
    let body = json!({"content": {"type": "text", "text": "answer"}, "visibility": visibility});
    let told = client.post(&format!("/v1/conversations/{conversation}/messages"), &body).await;
    assert_eq!(told.status, 201, "{}", told.json());
}

async fn act(client: &Client, conversation: &Value, verb: &str, body: Value) {
    let path = format!("/v1/conversations/{conversation}/{verb}");
    let told = match body {
        Value::Null => client.send(reqwest::Method::POST, &path, None, Vec::new()).await,
        body => client.post(&path, &body).await,
    };
    assert_eq!(told.status, 200, "{}", told.json());
}
