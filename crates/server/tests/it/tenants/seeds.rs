//! One thing of every kind in the first account, for others to reach for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::app::TestApp;

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
            (
                "webhooks",
                json!({"url": "https://hooks.example/x", "events": ["message.created"], "description": ""}),
            ),
        ] {
            let made = me.post(&format!("/v1/{noun}"), &body).await;
            assert_eq!(made.status, 201, "{noun}: {}", made.json());
            ids.insert(noun, made.json()["id"].to_string());
        }
        let file = app.people.agent.upload("/v1/attachments", "x.txt", b"x").await.json();
        ids.insert("files", file["token"].as_str().unwrap().to_owned());
        // A delivery of the webhook: the tested event is sent at once.
        let webhook = &ids["webhooks"];
        let test = format!("/v1/webhooks/{webhook}/test");
        let tested = me.send(reqwest::Method::POST, &test, None, Vec::new()).await;
        assert_eq!(tested.status, 202, "{}", tested.json());
        let deliveries = me.get(&format!("/v1/webhooks/{webhook}/deliveries")).await.json();
        ids.insert("deliveries", first(&deliveries)["id"].to_string());
        Self { ids, visitor: "vis_nobody".to_owned() }
    }

    /// A path with its variable parts filled in.
    pub(super) fn fill(&self, path: &str) -> String {
        let mut noun = "";
        let mut filled = Vec::new();
        for part in path.split('/') {
            if part == "{name}" {
                filled.push("x.txt".to_owned());
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

fn first(list: &Value) -> Value {
    list["items"].as_array().unwrap_or_else(|| list.as_array().expect("a list"))[0].clone()
}
