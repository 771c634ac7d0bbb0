//! What is asked of every route; each check answers the faults that it found.

use tertulia_domain::EventId;
use tertulia_domain::access::{self, Permission};

use super::routes::{Needs, Route};
use super::seeds::{self, Seeds};
use crate::app::{Answer, Client, Role, TestApp};

const ROLES: [Role; 3] = [Role::Agent, Role::Supervisor, Role::Administrator];

/// What is wrong, with the route in front.
pub(super) type Faults = Vec<String>;

/// Nobody and visitors get nothing of an account, nor people anything of a visitor.
pub(super) async fn strangers(app: &TestApp, seeds: &Seeds, routes: &[Route]) -> Faults {
    let mut faults = Faults::new();
    let before = app.journal().await;
    for route in routes {
        let stranger = ask(&app.nobody(), route, seeds).await;
        if matches!(route.needs, Needs::Nothing) {
            report(&mut faults, route, "as nobody", &stranger, !stranger.status.is_server_error());
            continue;
        }
        report(&mut faults, route, "as nobody", &stranger, stranger.status == 401);
        let other = match route.needs {
            Needs::Visitor => app.people.program.clone(),
            _ => app.nobody().with_token(&seeds.visitor),
        };
        let answer = ask(&other, route, seeds).await;
        report(&mut faults, route, "with the other kind of token", &answer, answer.status == 401);
    }
    // Some of what anybody may call is there to change something.
    if routes.iter().all(|route| !matches!(route.needs, Needs::Nothing)) {
        unmoved(app, before, "strangers", &mut faults).await;
    }
    faults
}

/// A visitor of another website finds nothing.
pub(super) async fn foreign_visitors(app: &TestApp, seeds: &Seeds, routes: &[Route]) -> Faults {
    let mut faults = Faults::new();
    let foreign = app.nobody().with_token(&seeds::visitor(app, &app.others).await);
    let before = app.journal().await;
    for route in routes.iter().filter(|r| matches!(r.needs, Needs::Visitor) && r.has_id()) {
        let answer = ask(&foreign, route, seeds).await;
        let is_hidden = answer.status == 404 && answer.code() == "not_found";
        report(&mut faults, route, "as another website's visitor", &answer, is_hidden);
    }
    unmoved(app, before, "another website's visitor", &mut faults).await;
    faults
}

/// Another account finds nothing and changes nothing.
pub(super) async fn foreign_accounts(app: &TestApp, seeds: &Seeds, routes: &[Route]) -> Faults {
    let mut faults = Faults::new();
    for route in routes.iter().filter(|route| route.has_id()) {
        if !matches!(route.needs, Needs::Permission(_) | Needs::Session) {
            continue;
        }
        let before = app.journal().await;
        for client in [&app.others.administrator, &app.others.program] {
            let answer = ask(client, route, seeds).await;
            // A browser's own session is nothing that a program has.
            let has_none = matches!(route.needs, Needs::Session) && answer.status == 401;
            let is_hidden = answer.status == 404 || has_none;
            report(&mut faults, route, "as another account", &answer, is_hidden);
        }
        unmoved(app, before, &format!("{route}: another account"), &mut faults).await;
    }
    faults
}

/// Who lacks the role or the scope is refused, and changes nothing.
pub(super) async fn lacking_rights(app: &TestApp, seeds: &Seeds, routes: &[Route]) -> Faults {
    let mut faults = Faults::new();
    let before = app.journal().await;
    for (route, permission) in guarded(routes) {
        if permission != Permission::ConversationsRead {
            let answer = ask(&app.people.reader, route, seeds).await;
            let is_refused = answer.code() == "scope_missing" || hidden(route, &answer);
            report(&mut faults, route, "with another scope", &answer, is_refused);
        }
        for role in ROLES.into_iter().filter(|role| !access::allows(*role, permission)) {
            let answer = ask(app.people.of(role), route, seeds).await;
            let is_refused = answer.code() == "forbidden" || hidden(route, &answer);
            report(&mut faults, route, &format!("as {role}"), &answer, is_refused);
        }
    }
    unmoved(app, before, "somebody without the permission", &mut faults).await;
    faults
}

/// Who has the right is let in.
pub(super) async fn having_rights(app: &TestApp, seeds: &Seeds, routes: &[Route]) -> Faults {
    let mut faults = Faults::new();
    for (route, permission) in guarded(routes) {
        for role in ROLES.into_iter().filter(|role| access::allows(*role, permission)) {
            let answer = ask(app.people.of(role), route, seeds).await;
            // Some things are for their author alone, whatever the role.
            let for_its_author = answer.json()["permission"] == "the message's author";
            let is_let_in = !matches!(answer.status.as_u16(), 401 | 403 | 500);
            let who = format!("as {role}");
            report(&mut faults, route, &who, &answer, for_its_author || is_let_in);
        }
    }
    faults
}

fn guarded(routes: &[Route]) -> impl Iterator<Item = (&Route, Permission)> {
    routes.iter().filter_map(|route| Some((route, route.permission()?)))
}

fn hidden(route: &Route, answer: &Answer) -> bool {
    route.has_id() && answer.code() == "not_found"
}

fn report(faults: &mut Faults, route: &Route, who: &str, answer: &Answer, is_right: bool) {
    if !is_right {
        faults.push(format!("{route} {who}: {} {}", answer.status, answer.json()));
    }
}

async fn unmoved(app: &TestApp, before: EventId, who: &str, faults: &mut Faults) {
    if app.journal().await != before {
        faults.push(format!("{who} changed something"));
    }
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
