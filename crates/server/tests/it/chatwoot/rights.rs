//! Who may: nobody, another account, and roles, at every address of the façade's own table.

use reqwest::Method;
use serde_json::{Value, json};

use super::{program, refused};
use crate::app::{Role, TestApp, on_every_engine};

/// Addresses without a token: before anybody signs in, and what customers call.
fn is_open(path: &str) -> bool {
    path == "/api" || path == "/health" || !path.starts_with("/api/")
}

fn filled(app: &TestApp, path: &str) -> String {
    let account = app.people.ctx.account_id.to_string();
    path.split('/')
        .map(|part| match part {
            "{account_id}" => account.as_str(),
            part if part.starts_with('{') => "1",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn every_address_asks_who_comes() {
    on_every_engine(async |app: &mut TestApp| {
        let others = app.others.program.clone();
        let before = app.journal().await;
        for (method, path) in tertulia_api::chatwoot_route_table() {
            if is_open(&path) {
                continue;
            }
            let (place, at) = (filled(app, &path), format!("{method} {path}"));
            let nobody = app.nobody().json(method.clone(), &place, &json!({})).await;
            assert_eq!(nobody.status, 401, "{at}: {}", nobody.json());
            assert!(nobody.json()["errors"].is_array(), "{at}: {}", nobody.json());
            if path.contains("{account_id}") {
                let stranger = others.json(method, &place, &json!({})).await;
                assert_eq!(stranger.status, 401, "{at}: {}", stranger.json());
                refused(&stranger, 401, "You are not authorized to access this account");
            }
        }
        assert_eq!(app.journal().await, before, "and nothing was changed");
    });
}

/// What an agent may not, with a body that would be right.
fn for_administrators(user: &Value) -> Vec<(Method, &'static str, Value)> {
    vec![
        (Method::PATCH, "", json!({"name": "x"})),
        (Method::POST, "/agents", json!({"name": "x", "email": "x@x.example", "role": "agent"})),
        (Method::POST, "/agents/bulk_create", json!({"emails": ["x@x.example"]})),
        (Method::POST, "/agent_bots", json!({"name": "x"})),
        (Method::POST, "/webhooks", json!({"url": "https://x.example"})),
        (Method::GET, "/webhooks", json!({})),
        (Method::POST, "/inboxes/1/set_agent_bot", json!({"agent_bot": null})),
        (Method::POST, "/teams", json!({"name": "x"})),
        (Method::POST, "/labels", json!({"title": "x"})),
        (Method::POST, "/inboxes", json!({"name": "x", "channel": {"type": "api"}})),
        (Method::POST, "/inbox_members", json!({"inbox_id": 1, "user_ids": [user]})),
        (
            Method::POST,
            "/custom_attribute_definitions",
            json!({"attribute_key": "x", "attribute_display_name": "x"}),
        ),
    ]
}

#[test]
fn agents_are_told_that_they_may_not() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = program(app, Role::Agent).await;
        let account = app.people.ctx.account_id;
        let me = agent.get("/api/v1/profile").await.json()["id"].clone();
        let before = app.journal().await;
        for (method, path, body) in for_administrators(&me) {
            let path = format!("/api/v1/accounts/{account}{path}");
            let answer = agent.json(method.clone(), &path, &body).await;
            assert_eq!(answer.status, 401, "{method} {path}: {}", answer.json());
            refused(&answer, 401, "You are not authorized to do this action");
        }
        for path in
            ["reports?metric=conversations_count", "reports/summary", "summary_reports/team"]
        {
            let answer = agent.get(&format!("/api/v2/accounts/{account}/{path}")).await;
            refused(&answer, 401, "You are not authorized to do this action");
        }
        assert_eq!(app.journal().await, before, "and nothing was changed");
    });
}
