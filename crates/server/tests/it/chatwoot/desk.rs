//! A program of the account that talks as Chatwoot's clients do; every answer is held against the schema.

use reqwest::Method;
use serde_json::{Value, json};

use super::schema;
use crate::app::{Answer, Client, People, TestApp};

/// One client of one account.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) client: Client,
    pub(super) account: i64,
}

/// A contact with an address on the inbox of its own channel, and its conversation.
pub(super) struct Scene {
    pub(super) contact: i64,
    pub(super) conversation: i64,
    pub(super) source_id: String,
}

impl Desk {
    pub(super) fn of(people: &People) -> Self {
        Self { client: people.program.clone(), account: people.ctx.account_id.0 }
    }

    pub(super) fn path(&self, path: &str) -> String {
        format!("/api/v1/accounts/{}{path}", self.account)
    }

    /// An answer as it is, whatever it is.
    pub(super) async fn ask(&self, method: Method, path: &str, body: &Value) -> Answer {
        let answer = if *body == Value::Null {
            self.client.send(method.clone(), &self.path(path), None, Vec::new()).await
        } else {
            self.client.json(method.clone(), &self.path(path), body).await
        };
        schema::check(&method, &self.path(path), &answer);
        answer
    }

    #[track_caller]
    pub(super) fn fine(answer: Answer) -> Value {
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        assert_eq!(answer.status, 200, "{text}");
        if !answer.bytes.is_empty() {
            assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        }
        answer.json()
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        Self::fine(self.ask(Method::GET, path, &Value::Null).await)
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Value {
        Self::fine(self.ask(Method::POST, path, body).await)
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> Value {
        Self::fine(self.ask(Method::PATCH, path, body).await)
    }

    pub(super) async fn delete(&self, path: &str, body: &Value) -> Value {
        Self::fine(self.ask(Method::DELETE, path, body).await)
    }

    /// A refusal with exactly this status and body.
    pub(super) async fn refused(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        (status, expected): (u16, &Value),
    ) {
        let answer = self.ask(method, path, body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()), (status, expected), "{path}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }

    /// A contact who has written on the inbox of the account's own channel.
    pub(super) async fn scene(&self, people: &People) -> Scene {
        let source_id = "their-1".to_owned();
        let contact = json!({
            "name": "Ana", "email": "ana@example.com", "inbox_id": people.api.id,
            "source_id": source_id,
        });
        let made = self.post("/contacts", &contact).await;
        let contact = made["payload"]["contact"]["id"].as_i64().unwrap();
        let body = json!({"contact_id": contact, "inbox_id": people.api.id});
        let conversation = self.post("/conversations", &body).await["id"].as_i64().unwrap();
        let said = json!({"content": "Hello", "message_type": "incoming", "source_id": "m-1"});
        self.post(&format!("/conversations/{conversation}/messages"), &said).await;
        Scene { contact, conversation, source_id }
    }
}

impl Scene {
    pub(super) fn path(&self, path: &str) -> String {
        format!("/conversations/{}{path}", self.conversation)
    }
}

/// A member of the account who serves no inbox, as a program: an administrator's token outlives the
/// role.
pub(super) async fn agent_program(app: &TestApp) -> Client {
    let administrator = &app.people.administrator;
    let me = app.people.supervisor.get("/v1/session").await.json()["user"]["id"].clone();
    let role = |role: &str| json!({"role": role});
    let path = format!("/v1/users/{me}");
    let promoted = administrator.json(Method::PATCH, &path, &role("administrator")).await;
    assert_eq!(promoted.status, 200, "{}", promoted.json());
    let scopes: Vec<_> =
        tertulia_domain::access::Permission::ALL.iter().map(|p| p.as_str()).collect();
    let body = json!({"name": "agent's program", "scopes": scopes});
    let made = app.people.supervisor.post("/v1/tokens", &body).await;
    assert_eq!(made.status, 201, "{}", made.json());
    let demoted = administrator.json(Method::PATCH, &path, &role("agent")).await;
    assert_eq!(demoted.status, 200, "{}", demoted.json());
    app.nobody().with_token(made.json()["token"].as_str().unwrap())
}
