//! Who may ask at all, and how a refusal is worded.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use crate::app::{TestApp, on_every_engine};

#[test]
fn credentials_are_read_in_every_spelling_and_refused_in_chatwoots_words() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let path = desk.path("/conversations");
        let token = {
            let body = json!({"name": "spelling", "scopes": ["conversations:read"]});
            let made = app.people.administrator.post("/v1/tokens", &body).await.json();
            made["token"].as_str().unwrap().to_owned()
        };
        let nobody = app.nobody();
        for client in [
            nobody.with("api_access_token", &token),
            nobody.with("api-access-token", &token),
            nobody.with_token(&token),
            nobody.with("api_access_token", "nonsense").with_token(&token),
        ] {
            assert_eq!(client.get(&path).await.status, 200);
        }
        let said = "You need to sign in or sign up before continuing.";
        let answer = nobody.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (401, json!({"errors": [said]})));
        let bad = json!({"error": "Invalid Access Token"});
        for client in [
            nobody.with("api_access_token", "nonsense"),
            nobody.with("api_access_token", &token).with("authorization", "Bearer "),
            nobody.with_token("ttl_0000000000000000000000000000000000000000"),
        ] {
            let answer = client.get(&path).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (401, bad.clone()));
        }
    });
}

#[test]
fn another_account_is_not_there_for_a_stranger() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let expected = json!({"error": "You are not authorized to access this account"});
        for account in [app.others.ctx.account_id.0, 999_999] {
            let stranger = Desk { account, ..desk.clone() };
            stranger.refused(Method::GET, "/conversations", &Value::Null, (401, &expected)).await;
        }
    });
}

#[test]
fn what_may_not_be_done_and_what_is_not_there() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let reader = Desk { client: app.people.reader.clone(), ..desk.clone() };
        let answer = reader.ask(Method::POST, &scene.path("/toggle_status"), &json!({})).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json()["error"], "You are not authorized to do this action");
        assert_eq!(answer.json()["detail"], "The token needs the scope conversations:write.");
        let missing = json!({"error": "Resource could not be found"});
        for (method, path) in [
            (Method::GET, "/conversations/999999"),
            (Method::GET, "/conversations/abc"),
            (Method::GET, "/conversations/99999999999999999999"),
            (Method::GET, "/contacts/999999"),
            (Method::GET, "/nothing/like/this"),
            (Method::DELETE, "/contacts"),
        ] {
            desk.refused(method, path, &Value::Null, (404, &missing)).await;
        }
        for path in ["/transcript", "/unread"] {
            let answer = desk.ask(Method::POST, &scene.path(path), &json!({})).await;
            assert_eq!(answer.status, 404);
            assert_ne!(answer.json(), missing, "{path} says what is missing");
        }
        app.settle().await;
    });
}

#[test]
fn what_a_client_asks_before_it_signs_in() {
    on_every_engine(async |app: &mut TestApp| {
        let about = app.nobody().get("/api").await;
        assert_eq!(about.json()["version"], "4.15.1");
        assert_eq!(about.json()["queue_services"], "ok");
        assert_eq!(about.json()["timestamp"].as_str().unwrap().len(), 19);
        assert_eq!(app.nobody().get("/health").await.json(), json!({"status": "woot"}));
    });
}
