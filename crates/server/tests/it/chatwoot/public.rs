//! Customers of an API inbox: each answer of `/public/api/v1` against the contract, on every engine.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, refused};
use crate::app::{Role, TestApp, on_every_engine};

const PUBLIC: &str = "/public/api/v1/inboxes/{inbox_identifier}";

fn op(method: &str, path: &str) -> String {
    format!("{method} {PUBLIC}{path}")
}

#[test]
fn a_customer_of_an_api_inbox_is_answered_as_the_contract_says() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let new = json!({"name": "Our app", "channel": {"type": "api"}});
        let inbox = account.post("inboxes", new).await.json();
        let base =
            format!("/public/api/v1/inboxes/{}", inbox["inbox_identifier"].as_str().unwrap());
        let nobody = app.nobody();
        let shown = nobody.get(&base).await;
        account.check(&format!("GET {PUBLIC}"), &[], &shown);
        let come = json!({"name": "Cora", "custom_attributes": {"plan": "pro"}});
        let made = nobody.json(Method::POST, &format!("{base}/contacts"), &come).await;
        let made = account.check(&op("POST", "/contacts"), &[], &made);
        let base = format!("{base}/contacts/{}", made["source_id"].as_str().unwrap());
        let contact = "/contacts/{contact_identifier}";
        account.check(&op("GET", contact), &[], &nobody.get(&base).await);
        let told = json!({"email": "cora@example.com"});
        let changed = nobody.json(Method::PATCH, &base, &told).await;
        let changed = account.check(&op("PATCH", contact), &[], &changed);
        assert_eq!(changed["email"], "cora@example.com");
        let path = format!("{base}/conversations");
        let at = format!("{contact}/conversations");
        let opened = nobody.json(Method::POST, &path, &json!({})).await;
        let opened = account.check(&op("POST", &at), &[], &opened);
        let one = format!("{path}/{}", opened["id"]);
        let messages = format!("{one}/messages");
        let write = json!({"content": "Hello", "echo_id": "a"});
        let said = nobody.json(Method::POST, &messages, &write).await;
        let at_messages = format!("{at}/{{conversation_id}}/messages");
        let said = account.check(&op("POST", &at_messages), &[], &said);
        assert_eq!(said["echo_id"], "a");
        account.check(&op("GET", &at_messages), &[], &nobody.get(&messages).await);
        account.check(&op("GET", &at), &[], &nobody.get(&path).await);
        let whole = account.check(
            &op("GET", &format!("{at}/{{conversation_id}}")),
            &[],
            &nobody.get(&one).await,
        );
        assert_eq!(whole["messages"][0]["content"], "Hello");
        let buttons = json!({
            "content": "Colour?", "content_type": "input_select",
            "content_attributes": {"items": [{"title": "Blue", "value": "blue"}]},
        });
        let ask = format!("conversations/{}/messages", opened["id"]);
        let asked = account.post(&ask, buttons).await.json();
        let submit = format!("{messages}/{}", asked["id"]);
        let values = json!({"submitted_values": [{"title": "Blue", "value": "blue"}]});
        let answered = nobody.json(Method::PATCH, &submit, &values).await;
        let answered =
            account.check(&op("PATCH", &format!("{at_messages}/{{message_id}}")), &[], &answered);
        assert_eq!(answered["content_attributes"]["submitted_values"], values["submitted_values"]);
        let closed = nobody.json(Method::POST, &format!("{one}/toggle_status"), &json!({})).await;
        let closing = op("POST", &format!("{at}/{{conversation_id}}/toggle_status"));
        assert_eq!(account.check(&closing, &[], &closed)["status"], "resolved");
        for (verb, body) in
            [("toggle_typing", json!({"typing_status": "off"})), ("update_last_seen", json!({}))]
        {
            let done = nobody.json(Method::POST, &format!("{one}/{verb}"), &body).await;
            assert_eq!((done.status.as_u16(), done.bytes.as_slice()), (200, b"".as_slice()));
        }
    });
}

#[test]
fn an_inbox_that_is_off_has_no_customers_and_a_blocked_one_only_reads() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let new = json!({"name": "Our app", "channel": {"type": "api"}});
        let inbox = account.post("inboxes", new).await.json();
        let base =
            format!("/public/api/v1/inboxes/{}", inbox["inbox_identifier"].as_str().unwrap());
        let nobody = app.nobody();
        let made = nobody.json(Method::POST, &format!("{base}/contacts"), &json!({})).await.json();
        let path = format!("{base}/contacts/{}", made["source_id"].as_str().unwrap());
        let administrator = &app.people.administrator;
        let block = format!("/v1/contacts/{}/block", made["id"]);
        assert_eq!(administrator.post(&block, &Value::Null).await.status, 200);
        assert_eq!(nobody.get(&path).await.status, 200);
        let write = nobody.json(Method::POST, &format!("{path}/conversations"), &json!({})).await;
        refused(&write, 422, "the contact is blocked");
        let off = json!({"enabled": false});
        let settings = format!("/v1/inboxes/{}", inbox["id"]);
        assert_eq!(administrator.json(Method::PATCH, &settings, &off).await.status, 200);
        refused(&nobody.get(&base).await, 404, "Resource could not be found");
        refused(&nobody.get(&path).await, 404, "Resource could not be found");
    });
}
