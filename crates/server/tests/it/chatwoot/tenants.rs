//! Two accounts side by side, and inboxes that one does not serve, over every route that there is.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::{self, Desk};
use crate::app::{Answer, Client, TestApp, on_every_engine};

/// What everything of the first account is called: it must not be seen by anybody else.
const MARK: &str = "unmistakable";

/// One thing of every kind in the first account, by the part of the path in front of its id.
struct Seeds(BTreeMap<&'static str, String>);

impl Seeds {
    async fn plant(app: &TestApp) -> Self {
        let desk = Desk::of(&app.people);
        let inbox = app.people.api.id;
        let body = json!({"name": format!("{MARK} Ana"), "email": format!("{MARK}@example.com"),
            "inbox_id": inbox, "source_id": MARK});
        let contact = desk.post("/contacts", &body).await["payload"]["contact"]["id"].clone();
        let body = json!({"contact_id": contact, "inbox_id": inbox, "message":
            {"content": format!("{MARK} words"), "message_type": "incoming"}});
        let conversation = desk.post("/conversations", &body).await["id"].clone();
        let all = format!("/conversations/{conversation}/messages");
        let log = desk.get(&all).await;
        let message = log["payload"].as_array().unwrap().last().unwrap()["id"].clone();
        let mut ids = BTreeMap::new();
        ids.insert("contacts", contact.to_string());
        ids.insert("conversations", conversation.to_string());
        ids.insert("messages", message.to_string());
        let attribute = json!({"attribute_display_name": MARK, "attribute_key": MARK,
            "attribute_display_type": 0, "attribute_model": 1});
        let filter = json!({"name": MARK, "type": "conversation", "query": {"payload": []}});
        for (noun, body) in [
            ("teams", json!({"name": MARK, "description": ""})),
            ("labels", json!({"title": MARK})),
            ("canned_responses", json!({"short_code": MARK, "content": MARK})),
            ("agent_bots", json!({"name": MARK})),
            ("custom_attribute_definitions", attribute),
            ("custom_filters", filter),
        ] {
            let made = desk.client.post(&desk.path(&format!("/{noun}")), &body).await;
            ids.insert(noun, Desk::fine(made)["id"].to_string());
        }
        let body = json!({"url": format!("https://{MARK}.example/x"), "name": MARK});
        let webhook = desk.post("/webhooks", &body).await["payload"]["webhook"]["id"].clone();
        ids.insert("webhooks", webhook.to_string());
        let agent = app.people.agent.get("/v1/session").await.json()["user"]["id"].clone();
        ids.insert("agents", agent.to_string());
        ids.insert("inboxes", inbox.to_string());
        ids.insert("inbox_members", inbox.to_string());
        Self(ids)
    }

    /// Whether there is a thing of every kind that a path names.
    fn know(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        let named = parts.windows(2).filter(|pair| pair[1].starts_with('{'));
        let mut nouns = named.map(|pair| pair[0]).filter(|noun| *noun != "accounts");
        nouns.all(|noun| self.0.contains_key(noun))
    }

    /// A path with its variable parts filled in; what they are is told by the part in front of them.
    fn fill(&self, account: i64, path: &str) -> String {
        let mut noun = "";
        let mut filled = Vec::new();
        for part in path.split('/') {
            if part == "{account_id}" {
                filled.push(account.to_string());
            } else if part.starts_with('{') {
                filled.push(self.0.get(noun).cloned().unwrap_or_else(|| "1".to_owned()));
            } else {
                filled.push(part.to_owned());
                noun = part;
            }
        }
        filled.join("/")
    }
}

/// Every route about an account, and whether it names a thing of it.
fn routes() -> Vec<(Method, String, bool)> {
    let table = tertulia_api::chatwoot_route_table().into_iter();
    let of_account = table.filter(|(_, path)| path.contains("{account_id}"));
    let routes: Vec<_> = of_account
        .map(|(method, path)| {
            let names_a_thing = path.matches('{').count() > 1;
            (method, path, names_a_thing)
        })
        .collect();
    assert!(routes.len() > 50, "the table has lost its routes");
    routes
}

async fn ask(client: &Client, method: &Method, path: &str) -> Answer {
    if *method == Method::GET {
        return client.send(method.clone(), path, None, Vec::new()).await;
    }
    // Well-formed for the routes that read it; the rest ignores what it does not know.
    let body = json!({
        "status": "open", "content": "x", "name": "x", "typing_status": "on", "labels": ["x"],
        "user_ids": [], "assignee_id": null, "priority": "low", "custom_attributes": {},
        "inbox_id": 999_999, "source_id": "x", "base_contact_id": 999_998,
        "mergee_contact_id": 999_997, "contact_id": 999_999,
        "payload": [{"attribute_key": "created_at", "filter_operator": "is_greater_than",
            "values": ["2001-01-01"], "query_operator": null}],
    });
    client.json(method.clone(), path, &body).await
}

#[test]
fn nobody_and_strangers_get_nothing() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        app.settle().await;
        let before = app.journal().await;
        let north = app.people.ctx.account_id.0;
        let south = app.others.ctx.account_id.0;
        let mut faults = Vec::new();
        for (method, path, names_a_thing) in routes() {
            let mut fault = |who: &str, answer: &Answer| {
                faults.push(format!(
                    "{method} {path} as {who}: {} {}",
                    answer.status,
                    answer.json()
                ));
            };
            let theirs = seeds.fill(north, &path);
            let answer = ask(&app.nobody(), &method, &theirs).await;
            if answer.status != 401 || !answer.json()["errors"].is_array() {
                fault("nobody", &answer);
            }
            let answer = ask(&app.others.program, &method, &theirs).await;
            let expected = json!({"error": "You are not authorized to access this account"});
            if (answer.status.as_u16(), answer.json()) != (401, expected) {
                fault("another account", &answer);
            }
            if !seeds.know(&path) {
                // Nothing of this kind can be there, or it would need a seed.
                let answer = ask(&app.people.program, &method, &theirs).await;
                if answer.status != 404 {
                    fault("its own account, without a seed", &answer);
                }
            }
            if names_a_thing {
                let answer = ask(&app.others.program, &method, &seeds.fill(south, &path)).await;
                if !matches!(answer.status.as_u16(), 404 | 422) || shows(&answer) {
                    fault("another account in its own name", &answer);
                }
            } else if method == Method::GET {
                let answer = ask(&app.others.program, &method, &seeds.fill(south, &path)).await;
                if answer.status.is_server_error() || shows(&answer) {
                    fault("another account, of its own", &answer);
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(app.journal().await, before, "somebody changed something");
    });
}

#[test]
fn who_serves_no_inbox_sees_no_conversation() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let agent = desk::agent_program(app).await;
        app.settle().await;
        let before = app.journal().await;
        let north = app.people.ctx.account_id.0;
        let mut faults = Vec::new();
        for (method, path, _) in routes() {
            let about_conversations = path.contains("/conversations");
            let names_one = path.contains("{conversation_id}");
            if !about_conversations
                || (!names_one && method != Method::GET && !path.ends_with("/filter"))
            {
                continue;
            }
            let answer = ask(&agent, &method, &seeds.fill(north, &path)).await;
            let is_hidden = !names_one || matches!(answer.status.as_u16(), 404 | 422);
            if !is_hidden || answer.status.is_server_error() || shows(&answer) {
                faults.push(format!("{method} {path}: {} {}", answer.status, answer.json()));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(app.journal().await, before, "somebody changed something");
        let program = Desk { client: agent, account: north };
        let contact = program.get(&format!("/contacts/{}", seeds.0["contacts"])).await;
        assert_eq!(contact["payload"]["contact_inboxes"], json!([]), "addresses are the inbox's");
        let body = json!({"inbox_id": app.people.api.id, "source_id": MARK});
        let missing = json!({"error": "Resource could not be found"});
        program.refused(Method::POST, "/contact_inboxes/filter", &body, (404, &missing)).await;
    });
}

/// Whether an answer has something of the first account in it.
fn shows(answer: &Answer) -> bool {
    answer.json() != Value::Null && String::from_utf8_lossy(&answer.bytes).contains(MARK)
}
