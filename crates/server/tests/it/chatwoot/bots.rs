//! Agent bots and webhooks: made, changed and taken away in Chatwoot's words.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, refused};
use crate::app::{Role, TestApp, on_every_engine};

fn op(method: &str, path: &str) -> String {
    format!("{method} /api/v1/accounts/{{account_id}}{path}")
}

#[test]
fn a_bot_is_made_changed_and_set_to_answer() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let body = json!({"name": "Rui", "outgoing_url": "https://bot.example/in"});
        let made = account.post("agent_bots", body).await;
        let bot = account.check(&op("POST", "/agent_bots"), &[], &made);
        assert_eq!((&bot["bot_type"], &bot["system_bot"]), (&json!("webhook"), &json!(false)));
        let (path, one) = (format!("agent_bots/{}", bot["id"]), op("GET", "/agent_bots/{id}"));
        assert_eq!(account.check(&one, &[], &account.get(&path).await), bot);
        let list = account.check(&op("GET", "/agent_bots"), &[], &account.get("agent_bots").await);
        assert_eq!(list, json!([bot]));
        let changed = account.patch(&path, json!({"agent_bot": {"description": "d"}})).await;
        let changed = account.check(&op("PATCH", "/agent_bots/{id}"), &[], &changed);
        assert_eq!(
            (&changed["description"], &changed["outgoing_url"]),
            (&json!("d"), &bot["outgoing_url"])
        );
        let csml = account.post("agent_bots", json!({"name": "x", "bot_type": "csml"})).await;
        refused(&csml, 422, "bot_type must be webhook");

        let inbox = format!("inboxes/{}", app.people.api.id);
        let (of, set) = (format!("{inbox}/agent_bot"), format!("{inbox}/set_agent_bot"));
        assert_eq!(account.get(&of).await.json(), json!({"agent_bot": {}}));
        let answer = account.post(&set, json!({"agent_bot": bot["id"]})).await;
        assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, b"".as_slice()));
        assert_eq!(account.get(&of).await.json()["agent_bot"]["id"], bot["id"]);
        refused(
            &account.post(&set, json!({"agent_bot": 999_999})).await,
            404,
            "Resource could not be found",
        );
        account.post(&set, json!({"agent_bot": null})).await;
        assert_eq!(account.get(&of).await.json(), json!({"agent_bot": {}}));
        assert_eq!(account.delete(&path, json!(null)).await.bytes, b"");
        refused(&account.get(&path).await, 404, "Resource could not be found");
    });
}

#[test]
fn secrets_of_a_bot_are_made_anew_and_shown_to_administrators() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let body = json!({"name": "Rui", "outgoing_url": "https://bot.example/in"});
        let bot = account.post("agent_bots", body).await.json();
        let path = format!("agent_bots/{}", bot["id"]);
        let as_bot = async |bot: &Value| {
            let token = bot["access_token"].as_str().unwrap();
            let path = format!("/api/v1/{}/conversations", account.base);
            app.nobody().with("api_access_token", token).get(&path).await.status.as_u16()
        };
        assert_eq!(as_bot(&bot).await, 200);
        let anew = account.post(&format!("{path}/reset_access_token"), json!(null)).await.json();
        assert_ne!(anew["access_token"], bot["access_token"]);
        assert_eq!((as_bot(&bot).await, as_bot(&anew).await), (401, 200));
        let anew = account.post(&format!("{path}/reset_secret"), json!(null)).await.json();
        assert_ne!(anew["secret"], bot["secret"]);
        let agent = Account::of(app, Role::Agent).await;
        let seen = agent.get(&path).await.json();
        assert_eq!((&seen["access_token"], seen.get("secret")), (&Value::Null, None));
        let tried = agent.post(&format!("{path}/reset_secret"), json!(null)).await;
        refused(&tried, 401, "You are not authorized to do this action");
    });
}

#[test]
fn webhooks_are_told_in_chatwoots_words() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let url = "https://hooks.example/x";
        let body = json!({"webhook": {"url": url, "name": "crm",
            "subscriptions": ["message_created", "conversation_typing_on"]}});
        let made = account.post("webhooks", body.clone()).await;
        let hook = made.json()["payload"]["webhook"].clone();
        assert_eq!(account.contract.faults_of("webhook", &hook), [""; 0]);
        assert_eq!(hook["subscriptions"], json!(["message_created", "conversation_typing_on"]));
        refused(&account.post("webhooks", body).await, 422, "Url has already been taken");
        let path = format!("webhooks/{}", hook["id"]);
        let change =
            json!({"subscriptions": ["contact_created"], "url": "https://hooks.example/y"});
        let changed = account.patch(&path, change).await.json()["payload"]["webhook"].clone();
        assert_eq!(account.contract.faults_of("webhook", &changed), [""; 0]);
        assert_eq!(
            (&changed["subscriptions"], &changed["name"]),
            (&json!(["contact_created"]), &json!("crm"))
        );
        let wrong = account.patch(&path, json!({"subscriptions": ["message.created"]})).await;
        assert_eq!(wrong.status, 422, "{}", wrong.json());
        let usual = account.post("webhooks", json!({"url": url})).await.json();
        assert_eq!(usual["payload"]["webhook"]["subscriptions"].as_array().unwrap().len(), 8);
        let ours = json!({"url": "https://ours.example/", "events": ["message.created"]});
        assert_eq!(app.people.administrator.post("/v1/webhooks", &ours).await.status, 201);
        let list = account.get("webhooks").await.json();
        assert_eq!(list["payload"]["webhooks"].as_array().unwrap().len(), 2, "ours is not there");
        let ours = app.people.administrator.get("/v1/webhooks").await.json();
        let contracts: Vec<_> =
            ours["items"].as_array().unwrap().iter().map(|one| one["contract"].clone()).collect();
        assert_eq!(contracts, ["chatwoot", "chatwoot", "tertulia"]);
        let foreign = format!("/v1/webhooks/{}", hook["id"]);
        let kinds = json!({"events": ["message.created"]});
        let refusal = app.people.administrator.json(Method::PATCH, &foreign, &kinds).await;
        assert_eq!(refusal.is(422, "invalid").json()["pointer"], "/events/0");
        assert_eq!(account.delete(&path, json!(null)).await.bytes, b"");
        let gone = account.patch(&path, json!({"name": "x"})).await;
        refused(&gone, 404, "Resource could not be found");
    });
}
