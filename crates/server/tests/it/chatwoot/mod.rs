//! The façade that speaks Chatwoot's REST, over the real wiring: each answer against the contract.

mod bodies;
mod bots;
mod contacts;
mod contract;
mod conversations;
mod desk;
mod deviations;
mod errors;
mod fields;
mod filters;
mod hand_counted;
mod messages;
mod public;
mod reports;
mod rights;
mod schema;
mod settings;
mod tenants;

use reqwest::Method;
use serde_json::{Value, json};
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_engine::{Access, Ctx, tokens};

use crate::app::{Answer, Client, Role, TestApp};
use contract::Contract;

/// A program of a person with this role, as clients of Chatwoot come.
async fn program(app: &TestApp, role: Role) -> Client {
    app.nobody().with("api_access_token", &token(app, role).await)
}

/// The token of a program of a person with this role.
async fn token(app: &TestApp, role: Role) -> String {
    let me = app.people.of(role).get("/v1/session").await.json();
    let user = UserId(me["user"]["id"].as_i64().unwrap());
    // Only administrators make tokens; what the token may do follows from whose it is.
    let access = Access::User { id: user, role: Role::Administrator };
    let ctx = Ctx::new(app.people.ctx.account_id, access, "maker".to_owned());
    let (name, scopes) = ("program".to_owned(), Permission::ALL.to_vec());
    let command = tokens::Create { name, scopes, expires_at: None };
    tokens::create(&app.engine, &ctx, command).await.unwrap().token.unwrap()
}

/// A client in an account, whose answers are checked.
struct Account {
    client: Client,
    base: String,
    contract: Contract,
}

impl Account {
    async fn of(app: &TestApp, role: Role) -> Self {
        let base = format!("accounts/{}", app.people.ctx.account_id);
        Self { client: program(app, role).await, base, contract: Contract::read() }
    }

    async fn ask(&self, method: Method, path: &str, body: &Value) -> Answer {
        let (version, path) = match path.strip_prefix("v2/") {
            Some(path) => ("v2", path),
            None => ("v1", path),
        };
        let slash = if path.is_empty() { "" } else { "/" };
        let path = format!("/api/{version}/{}{slash}{path}", self.base);
        match body {
            Value::Null => self.client.send(method, &path, None, Vec::new()).await,
            body => self.client.json(method, &path, body).await,
        }
    }

    /// An answer that the contract knows under this operation. `but` are the properties in which the
    /// published document is wrong.
    #[track_caller]
    fn check(&self, operation: &str, but: &[&str], answer: &Answer) -> Value {
        let body = answer.json();
        assert_eq!(answer.status, 200, "{operation}: {body}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8", "{operation}");
        let faults = self.contract.faults(operation, but, &body);
        assert!(faults.is_empty(), "{operation}: {faults:#?} in {body:#}");
        body
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &json!(null)).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, &body).await
    }

    async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, path, &body).await
    }

    async fn delete(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::DELETE, path, &body).await
    }
}

/// Fails unless the answer is a refusal with this sentence.
#[track_caller]
fn refused(answer: &Answer, status: u16, sentence: &str) {
    let body = answer.json();
    let said = body["error"].as_str().or(body["message"].as_str()).unwrap_or_default();
    assert_eq!((answer.status.as_u16(), said), (status, sentence), "{body}");
}
