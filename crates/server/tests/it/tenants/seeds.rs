//! One thing of every kind in the first account, for others to reach for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::app::{People, TestApp};

/// Ids by the part of the path in front of them.
pub(super) struct Seeds {
    ids: BTreeMap<&'static str, String>,
    /// A visitor's token.
    pub(super) visitor: String,
}

impl Seeds {
    /// Makes the things over HTTP, as the administrator.
    pub(super) async fn plant(app: &TestApp) -> Self {
        let me = &app.people.administrator;
        let mut ids = BTreeMap::new();
        ids.insert("inboxes", app.people.api.id.to_string());
        ids.insert("hooks", app.people.api.hook_token.clone());
        let users = app.people.agent.get("/v1/session").await.json();
        ids.insert("users", users["user"]["id"].to_string());
        let sessions = me.get("/v1/sessions").await.json();
        ids.insert("sessions", first(&sessions)["id"].to_string());
        let tokens = me.get("/v1/tokens").await.json();
        ids.insert("tokens", first(&tokens)["id"].to_string());
        for (noun, body) in [
            ("labels", json!({"name": "vip", "color": "#112233", "description": ""})),
            ("teams", json!({"name": "sales", "description": "", "member_ids": []})),
            ("invitations", json!({"email": "new@north.example", "role": "agent"})),
            ("apps", json!({"name": "Rui", "url": "https://bot.example/x"})),
            ("canned-responses", json!({"short_code": "hi", "content": "Hello!"})),
            (
                "attribute-definitions",
                json!({"subject": "contact", "key": "plan", "name": "Plan", "kind": "text"}),
            ),
            ("saved-filters", json!({"subject": "contact", "name": "Mine", "query": {}})),
            (
                "webhooks",
                json!({"url": "https://hooks.example/x", "events": ["message.created"], "description": ""}),
            ),
        ] {
            let made = me.post(&format!("/v1/{noun}"), &body).await;
            assert_eq!(made.status, 201, "{noun}: {}", made.json());
            ids.insert(noun, made.json()["id"].to_string());
        }
        let contact = me.post("/v1/contacts", &json!({"name": "Carla"})).await;
        assert_eq!(contact.status, 201, "{}", contact.json());
        ids.insert("contacts", contact.json()["id"].to_string());
        ids.insert("oidc", "company".to_owned());
        ids.insert("key", widget_key(&app.people));
        let visitor = visitor(app, &app.people).await;
        let hello = json!({"client_id": "one", "content": {"type": "text", "text": "hello"}});
        let message = app.nobody().with_token(&visitor).post("/widget/v1/messages", &hello).await;
        assert_eq!(message.status, 201, "{}", message.json());
        ids.insert("messages", message.json()["id"].to_string());
        let conversations = me.get("/v1/conversations?view=all").await.json();
        ids.insert("conversations", first(&conversations)["id"].to_string());
        let file = app.people.agent.upload("/v1/attachments", "x.txt", b"x").await.json();
        ids.insert("files", file["token"].as_str().unwrap().to_owned());
        // A delivery of the webhook: the tested event is sent at once.
        let webhook = &ids["webhooks"];
        let test = format!("/v1/webhooks/{webhook}/test");
        let tested = me.send(reqwest::Method::POST, &test, None, Vec::new()).await;
        assert_eq!(tested.status, 202, "{}", tested.json());
        let deliveries = me.get(&format!("/v1/webhooks/{webhook}/deliveries")).await.json();
        ids.insert("deliveries", first(&deliveries)["id"].to_string());
        Self { ids, visitor }
    }

    /// A path with its variable parts filled in.
    pub(super) fn fill(&self, path: &str) -> String {
        let mut noun = "";
        let mut filled = Vec::new();
        for part in path.split('/') {
            if part == "{name}" {
                filled.push("x.txt".to_owned());
            } else if part == "{key}" {
                filled.push(self.ids["key"].clone());
            } else if part.starts_with('{') {
                let id = self.ids.get(noun);
                filled.push(id.unwrap_or_else(|| panic!("{path}: no seed for {noun}")).clone());
            } else {
                filled.push(part.to_owned());
                noun = part;
            }
        }
        filled.join("/")
    }
}

/// A visitor of an account's website.
pub(super) async fn visitor(app: &TestApp, people: &People) -> String {
    let route = format!("/widget/v1/{}/visitors", widget_key(people));
    let made = app.nobody().post(&route, &json!({})).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()["token"].as_str().unwrap().to_owned()
}

fn widget_key(people: &People) -> String {
    serde_json::to_value(&people.widget).unwrap()["settings"]["key"].as_str().unwrap().to_owned()
}

fn first(list: &Value) -> Value {
    list["items"].as_array().unwrap_or_else(|| list.as_array().expect("a list"))[0].clone()
}
