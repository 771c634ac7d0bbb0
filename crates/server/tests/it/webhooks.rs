//! Webhooks through the API: made, changed, signed, listed, sent again, and switched off.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tertulia_domain::Clock;
use tertulia_net::signature::{self, BadSignature};

use crate::app::{Client, Receiver, TestApp, on_every_engine_with};

const DAY: Duration = Duration::from_secs(86_400);

impl Receiver {
    /// Whether a secret signed an arrival.
    fn is_signed(&self, app: &TestApp, index: usize, secret: &Value) -> Result<(), BadSignature> {
        let (headers, body) = self.arrival(index);
        signature::verify(secret.as_str().unwrap(), &headers, &body, app.clock.now().secs())
    }

    fn endpoint(&self) -> Value {
        json!({"url": self.url(), "events": ["contact.created"], "description": "books"})
    }

    /// Makes a contact and waits until the endpoint was called so often.
    async fn hear_of_a_contact(&self, app: &TestApp, calls: usize) {
        let made = app.people.program.post("/v1/contacts", &json!({"name": "Ana"})).await;
        assert_eq!(made.status, 201, "{}", made.json());
        self.called(app, calls).await;
    }
}

fn beside_a_receiver(body: impl AsyncFn(&mut TestApp, &Receiver)) {
    on_every_engine_with(Receiver::start, Receiver::trusted, body);
}

async fn delete(client: &Client, path: &str) -> crate::app::Answer {
    client.send(Method::DELETE, path, None, Vec::new()).await
}

/// Makes the endpoint; its address in the API, and its secret.
async fn make(app: &TestApp, receiver: &Receiver) -> (String, Value) {
    let made = app.people.program.post("/v1/webhooks", &receiver.endpoint()).await;
    assert_eq!(made.status, 201, "{}", made.json());
    let view = made.json();
    (format!("/v1/webhooks/{}", view["id"]), view["secret"].clone())
}

#[test]
fn an_endpoint_is_made_listed_changed_and_removed() {
    beside_a_receiver(async |app, receiver| {
        let admin = &app.people.administrator;
        let made = admin.post("/v1/webhooks", &receiver.endpoint()).await.json();
        assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
        assert_eq!((&made["enabled"], &made["last_failure_at"]), (&json!(true), &Value::Null));
        let second = admin.post("/v1/webhooks", &receiver.endpoint()).await.json();
        let page = admin.get("/v1/webhooks?limit=1").await.json();
        let mut listed = made.clone();
        listed["secret"] = Value::Null;
        assert_eq!(page["items"], json!([listed]), "the secret is in the first answer only");
        let cursor = page["next_cursor"].as_str().unwrap();
        let page = admin.get(&format!("/v1/webhooks?limit=1&cursor={cursor}")).await.json();
        assert_eq!((&page["items"][0]["id"], &page["next_cursor"]), (&second["id"], &Value::Null));
        let path = format!("/v1/webhooks/{}", made["id"]);
        let change = json!({"events": ["*"], "enabled": false});
        let changed = admin.json(Method::PATCH, &path, &change).await.json();
        assert_eq!((&changed["events"], &changed["enabled"]), (&json!(["*"]), &json!(false)));
        assert_eq!((&changed["url"], &changed["description"]), (&made["url"], &json!("books")));
        assert_eq!(delete(admin, &path).await.status, 204);
        delete(admin, &path).await.is(404, "not_found");
        assert_eq!(admin.get("/v1/webhooks").await.json()["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn what_cannot_be_an_endpoint_is_refused_with_its_place() {
    beside_a_receiver(async |app, receiver| {
        let admin = &app.people.administrator;
        for (field, value, code, pointer) in [
            ("url", json!("http://127.0.0.1:1/"), "invalid", "/url"),
            ("url", json!("example.com"), "invalid", "/url"),
            ("url", json!(format!("https://e.example/{}", "x".repeat(2_000))), "too_long", "/url"),
            ("events", json!([]), "invalid", "/events"),
            ("events", json!(["contact.created", "nope"]), "invalid", "/events/1"),
            ("events", json!("*"), "type_mismatch", "/events"),
            ("description", json!("x".repeat(501)), "too_long", "/description"),
            ("secret", json!("mine"), "unknown_field", "/secret"),
        ] {
            let mut body = receiver.endpoint();
            body[field] = value;
            let answer = admin.post("/v1/webhooks", &body).await;
            assert_eq!(answer.is(422, code).json()["pointer"], pointer, "{field}");
        }
        let (path, _) = make(app, receiver).await;
        app.people.agent.get("/v1/webhooks").await.is(403, "forbidden");
        app.people.reader.get("/v1/webhooks").await.is(403, "scope_missing");
        let others = &app.others.administrator;
        others.json(Method::PATCH, &path, &json!({})).await.is(404, "not_found");
        others.get(&format!("{path}/secret")).await.is(404, "not_found");
        others.get(&format!("{path}/deliveries")).await.is(404, "not_found");
        delete(others, &path).await.is(404, "not_found");
    });
}

#[test]
fn a_delivery_is_signed_listed_and_sent_again() {
    beside_a_receiver(async |app, receiver| {
        let program = &app.people.program;
        let (path, secret) = make(app, receiver).await;
        receiver.hear_of_a_contact(app, 1).await;
        assert_eq!(receiver.is_signed(app, 0, &secret), Ok(()));
        let body = receiver.body(0);
        assert_eq!(body["type"], "contact.created");
        assert_eq!(
            (&body["data"]["contact"]["name"], &body["timestamp"]),
            (&json!("Ana"), &body["at"])
        );
        let log = format!("{path}/deliveries");
        let first = program.get(&log).await.json()["items"][0].clone();
        assert_eq!((&first["status"], &first["attempts"]), (&json!("succeeded"), &json!(1)));
        assert_eq!((&first["response_status"], &first["error"]), (&json!(200), &Value::Null));
        let again = format!("{log}/{}/redeliver", first["id"]);
        assert_eq!(program.post(&again, &json!({})).await.status, 202);
        receiver.called(app, 2).await;
        let id = |index: usize| receiver.arrival(index).0["webhook-id"].clone();
        assert_eq!((id(0), receiver.body(0)), (id(1), receiver.body(1)), "the same once more");
        assert_eq!(program.get(&log).await.json()["items"][0]["attempts"], 2);
        assert_eq!(program.post(&format!("{path}/test"), &json!({})).await.status, 202);
        receiver.called(app, 3).await;
        assert_eq!(receiver.body(2)["type"], "webhook.tested");
        let page = program.get(&format!("{log}?limit=1")).await.json();
        assert_eq!(page["items"][0]["event_type"], "webhook.tested", "newest first");
        let cursor = page["next_cursor"].as_str().unwrap();
        let page = program.get(&format!("{log}?limit=1&cursor={cursor}")).await.json();
        assert_eq!(page["items"][0]["id"], first["id"]);
        for unknown in [format!("{log}/999999/redeliver"), "/v1/webhooks/999999/test".to_owned()] {
            program.post(&unknown, &json!({})).await.is(404, "not_found");
        }
    });
}

#[test]
fn after_a_rotation_both_secrets_sign_for_a_day() {
    beside_a_receiver(async |app, receiver| {
        let program = &app.people.program;
        let (path, old) = make(app, receiver).await;
        let shown = program.get(&format!("{path}/secret")).await.json();
        assert_eq!(shown, json!({"secret": old, "previous_until": null}));
        let rotated = program.post(&format!("{path}/secret/rotate"), &json!({})).await.json();
        let new = &rotated["secret"];
        assert_ne!(new, &old);
        assert_eq!(program.get(&format!("{path}/secret")).await.json(), rotated);
        assert!(rotated["previous_until"].is_string());
        receiver.hear_of_a_contact(app, 1).await;
        for secret in [&old, new] {
            assert_eq!(receiver.is_signed(app, 0, secret), Ok(()), "both are valid");
        }
        app.clock.advance(DAY);
        receiver.hear_of_a_contact(app, 2).await;
        assert_eq!(receiver.is_signed(app, 1, new), Ok(()));
        assert_eq!(receiver.is_signed(app, 1, &old), Err(BadSignature::Mismatch));
        let shown = program.get(&format!("{path}/secret")).await.json();
        assert_eq!(shown["previous_until"], Value::Null);
    });
}

#[test]
fn an_endpoint_that_fails_for_days_is_switched_off_and_can_come_back() {
    beside_a_receiver(async |app, receiver| {
        let program = &app.people.program;
        let (path, _) = make(app, receiver).await;
        let item = async || program.get("/v1/webhooks").await.json()["items"][0].clone();
        receiver.answers(500);
        receiver.hear_of_a_contact(app, 1).await;
        let failing = item().await;
        assert_eq!(failing["enabled"], true, "one failure is none");
        assert!(failing["last_failure_at"].is_string());
        app.clock.advance(DAY * 5);
        receiver.called(app, 2).await;
        assert_eq!(item().await["enabled"], false);
        let log = program.get(&format!("{path}/deliveries")).await.json();
        let given_up = &log["items"][0];
        assert_eq!(
            (&given_up["status"], &given_up["next_attempt_at"]),
            (&json!("failed"), &Value::Null)
        );
        assert_eq!(given_up["error"], "switched off: it failed for five days");
        receiver.answers(200);
        let made = program.post("/v1/contacts", &json!({"name": "Unheard"})).await;
        assert_eq!(made.status, 201);
        let on = json!({"enabled": true});
        app.clock.advance(Duration::from_secs(1));
        assert_eq!(program.json(Method::PATCH, &path, &on).await.json()["enabled"], true);
        receiver.hear_of_a_contact(app, 3).await;
        assert_eq!(receiver.body(2)["data"]["contact"]["name"], "Ana", "only what came after");
        receiver.answers(410);
        receiver.hear_of_a_contact(app, 4).await;
        assert_eq!(item().await["enabled"], false, "it said that it is gone");
    });
}
