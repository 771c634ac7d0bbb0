//! Routes with a hole in them: a check that does not find one is worth nothing.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use reqwest::Method;
use serde_json::{Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::{AccountId, ContactId};
use tertulia_engine::{Ctx, Engine, Error, labels, sessions, tokens};
use tertulia_store::{Scope, accounts, contacts};
use tertulia_testkit::TestDb;

use super::checks::{self, Faults};
use super::routes::{Needs, Route};
use super::seeds::Seeds;
use crate::app::TestApp;

/// What the routes ask for: only an administrator may.
const NEEDS: Permission = Permission::TokensManage;

/// What a route forgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    None,
    SignIn,
    Permission,
    Account,
    /// It answers as it should, but has changed something before it looks.
    Order,
    /// It refuses everybody.
    Key,
}

type Refusal = (StatusCode, Json<Value>);

fn refuse(status: StatusCode, code: &str) -> Refusal {
    (status, Json(json!({"code": code})))
}

/// `GET /planted/contacts/{id}`, which shows a contact.
fn pages(engine: &Engine, hole: Hole) -> Router {
    let show = move |State(engine): State<Engine>, Path(id): Path<i64>, headers: HeaderMap| async move {
        show(&engine, hole, ContactId(id), &headers).await
    };
    Router::new().route("/planted/contacts/{id}", get(show)).with_state(engine.clone())
}

async fn show(
    engine: &Engine,
    hole: Hole,
    id: ContactId,
    headers: &HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let all = engine.store.read::<_, tertulia_store::Error, _>(Scope::System, accounts::list);
    let all: Vec<AccountId> = all.await.unwrap().iter().map(|account| account.id).collect();
    let ctx = match caller(engine, headers).await {
        Some(ctx) => ctx,
        None if hole == Hole::SignIn => Ctx::system(all[0]),
        None => return Err(refuse(StatusCode::UNAUTHORIZED, "session_required")),
    };
    if hole == Hole::Order {
        let (mut bytes, color) = ([0; 8], "#112233".to_owned());
        engine.entropy.fill(&mut bytes);
        let name = format!("label {}", u64::from_le_bytes(bytes));
        let command = labels::Create { name, color, description: String::new() };
        labels::create(engine, &Ctx::system(all[0]), command).await.unwrap();
    }
    match ctx.require(NEEDS) {
        Err(_) if hole == Hole::Permission => {}
        Err(Error::ScopeMissing { .. }) => {
            return Err(refuse(StatusCode::FORBIDDEN, "scope_missing"));
        }
        Ok(()) if hole != Hole::Key => {}
        Ok(()) | Err(_) => return Err(refuse(StatusCode::FORBIDDEN, "forbidden")),
    }
    let visible = if hole == Hole::Account { all } else { vec![ctx.account_id] };
    for account in visible {
        let read =
            engine.store.read::<_, tertulia_store::Error, _>(Scope::Account(account), move |tx| {
                contacts::find(tx, account, id)
            });
        if let Some(contact) = read.await.unwrap() {
            return Ok(Json(json!({"name": contact.name})));
        }
    }
    Err(refuse(StatusCode::NOT_FOUND, "not_found"))
}

/// Who asks, by cookie or token.
async fn caller(engine: &Engine, headers: &HeaderMap) -> Option<Ctx> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(secret) = text("cookie").and_then(|cookie| cookie.strip_prefix("tertulia=")) {
        return sessions::authenticate(engine, secret).await.ok();
    }
    let secret = text("authorization")?.strip_prefix("Bearer ")?;
    tokens::authenticate(engine, secret).await.ok()
}

/// The faults that each check finds in a route with a hole.
fn found(hole: Hole) -> [Faults; 4] {
    let db = TestDb::sqlite();
    tertulia_testkit::runtime().block_on(async {
        let app = TestApp::with_pages(&db, |engine| pages(engine, hole)).await;
        let seeds = Seeds::plant(&app).await;
        let route = Route {
            method: Method::GET,
            path: "/planted/contacts/{id}".to_owned(),
            needs: Needs::Permission(NEEDS),
            media_type: None,
            body: Value::Null,
        };
        let routes = [route];
        let faults = [
            checks::strangers(&app, &seeds, &routes).await,
            checks::foreign_accounts(&app, &seeds, &routes).await,
            checks::lacking_rights(&app, &seeds, &routes).await,
            checks::having_rights(&app, &seeds, &routes).await,
        ];
        app.finish().await;
        faults
    })
}

#[track_caller]
fn check(hole: Hole, words: [&str; 4]) {
    for (faults, words) in found(hole).iter().zip(words) {
        let is_right = match words {
            "" => faults.is_empty(),
            words => faults.iter().any(|fault| fault.contains(words)),
        };
        assert!(is_right, "{hole:?}: expected {words:?} among {faults:#?}");
    }
}

#[test]
fn the_matrix_finds_what_a_route_forgets() {
    check(Hole::None, ["", "", "", ""]);
    check(Hole::SignIn, ["as nobody: 200", "", "", ""]);
    check(Hole::Permission, ["", "", "as agent: 200", ""]);
    check(Hole::Account, ["", "as another account: 200", "", ""]);
    let changed = "another account changed something";
    check(Hole::Order, ["", changed, "without the permission changed something", ""]);
    check(Hole::Key, ["", "as another account: 403", "", "as administrator: 403"]);
}
