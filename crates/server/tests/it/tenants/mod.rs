//! The two-tenant matrix: every route of the OpenAPI document, as nobody, as a visitor, as another
//! account, as a token without the scope, and as each role.
//!
//! What a route asks for is what its description says ("Needs the permission `x`"); a route that says
//! nothing must be in one of the lists here, and one with an id must have a seed. Otherwise: failure.

mod routes;
mod sample;
mod seeds;

use tertulia_domain::access::{self, Permission};

use crate::app::{Answer, Client, Role, TestApp, on_every_engine};
use routes::{Needs, Route};
use seeds::Seeds;

const ROLES: [Role; 3] = [Role::Agent, Role::Supervisor, Role::Administrator];

#[test]
fn nobody_and_visitors_get_nothing_of_an_account() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let (open, guarded): (Vec<_>, Vec<_>) =
            routes::all().into_iter().partition(|route| matches!(route.needs, Needs::Nothing));
        let before = app.journal().await;
        for route in &guarded {
            let stranger = ask(&app.nobody(), route, &seeds).await;
            assert_eq!(stranger.status, 401, "{route}: {}", stranger.json());
            // Visitors' tokens are no good for people's routes, nor the other way round.
            let other = match route.needs {
                Needs::Visitor => app.people.program.clone(),
                _ => app.nobody().with_token(&seeds.visitor),
            };
            let answer = ask(&other, route, &seeds).await;
            assert_eq!(answer.status, 401, "{route}: {}", answer.json());
        }
        assert_eq!(app.journal().await, before, "somebody without rights changed something");
        for route in &open {
            let answer = ask(&app.nobody(), route, &seeds).await;
            assert!(!answer.status.is_server_error(), "{route}: {}", answer.json());
        }
    });
}

#[test]
fn a_visitor_of_another_website_finds_nothing() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let foreign = seeds::visitor(app, &app.others).await;
        let before = app.journal().await;
        for route in routes::all() {
            if matches!(route.needs, Needs::Visitor) && route.has_id() {
                let answer = ask(&app.nobody().with_token(&foreign), &route, &seeds).await;
                answer.is(404, "not_found");
            }
        }
        assert_eq!(app.journal().await, before, "a visitor reached into another account");
    });
}

#[test]
fn another_account_finds_nothing_and_changes_nothing() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        for route in routes::all().iter().filter(|route| route.has_id()) {
            if !matches!(route.needs, Needs::Permission(_) | Needs::Session) {
                continue;
            }
            let before = app.journal().await;
            for client in [&app.others.administrator, &app.others.program] {
                let answer = ask(client, route, &seeds).await;
                assert!(
                    answer.status == 404 || route.is_for_browsers() && answer.status == 401,
                    "{route} shows that it is there: {} {}",
                    answer.status,
                    answer.json()
                );
            }
            assert_eq!(app.journal().await, before, "{route} changed something of another account");
        }
    });
}

#[test]
fn roles_and_scopes_decide_as_documented() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let before = app.journal().await;
        let guarded = routes::all();
        let guarded: Vec<(&Route, Permission)> =
            guarded.iter().filter_map(|route| Some((route, route.permission()?))).collect();
        for (route, permission) in &guarded {
            if *permission != Permission::ConversationsRead {
                let answer = ask(&app.people.reader, route, &seeds).await;
                let hidden = route.has_id() && answer.code() == "not_found";
                assert!(answer.code() == "scope_missing" || hidden, "{route}: {}", answer.json());
            }
            for role in ROLES.into_iter().filter(|role| !access::allows(*role, *permission)) {
                let answer = ask(app.people.of(role), route, &seeds).await;
                let hidden = route.has_id() && answer.code() == "not_found";
                assert!(
                    answer.code() == "forbidden" || hidden,
                    "{route} as {role}: {}",
                    answer.json()
                );
            }
        }
        assert_eq!(
            app.journal().await,
            before,
            "somebody without the permission changed something"
        );
        for (route, permission) in &guarded {
            for role in ROLES.into_iter().filter(|role| access::allows(*role, *permission)) {
                let answer = ask(app.people.of(role), route, &seeds).await;
                // Some things are for their author alone, whatever the role.
                let for_its_author = answer.json()["permission"] == "the message's author";
                let fine = for_its_author || !matches!(answer.status.as_u16(), 401 | 403 | 500);
                assert!(fine, "{route} as {role}: {} {}", answer.status, answer.json());
            }
        }
    });
}

/// Sends a request with well-formed parts, so that only rights decide.
async fn ask(client: &Client, route: &Route, seeds: &Seeds) -> Answer {
    let path = seeds.fill(&route.path);
    match route.media_type.as_deref() {
        Some("multipart/form-data") => client.upload(&path, "x.txt", b"x").await,
        Some("application/json") => {
            let body = route.body.to_string();
            client.send(route.method.clone(), &path, Some("application/json"), body).await
        }
        Some(other) => client.send(route.method.clone(), &path, Some(other), "name\n").await,
        None => client.send(route.method.clone(), &path, None, Vec::new()).await,
    }
}

impl Route {
    /// Whether the route is about a browser's own session, which a program has none of.
    fn is_for_browsers(&self) -> bool {
        matches!(self.needs, Needs::Session)
    }
}
