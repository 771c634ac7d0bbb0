//! The two-tenant matrix: every route of the OpenAPI document, as nobody, as a visitor, as another
//! account, as a token without the scope, and as each role.
//!
//! What a route asks for is what its description says ("Needs the permission `x`"); a route that says
//! nothing must be in one of the lists here, and one with an id must have a seed. Otherwise: failure.
//! `planted` has routes with a hole in them, which the same checks must find.

mod checks;
mod planted;
mod routes;
mod sample;
mod seeds;

use crate::app::{TestApp, on_every_engine};
use checks::Faults;
use routes::{Needs, Route};
use seeds::Seeds;

#[track_caller]
fn none(faults: &Faults) {
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nobody_and_visitors_get_nothing_of_an_account() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let (open, guarded): (Vec<Route>, Vec<Route>) =
            routes::all().into_iter().partition(|route| matches!(route.needs, Needs::Nothing));
        none(&checks::strangers(app, &seeds, &guarded).await);
        none(&checks::strangers(app, &seeds, &open).await);
    });
}

#[test]
fn a_visitor_of_another_website_finds_nothing() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        none(&checks::foreign_visitors(app, &seeds, &routes::all()).await);
    });
}

#[test]
fn another_account_finds_nothing_and_changes_nothing() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        none(&checks::foreign_accounts(app, &seeds, &routes::all()).await);
    });
}

#[test]
fn roles_and_scopes_decide_as_documented() {
    on_every_engine(async |app: &mut TestApp| {
        let seeds = Seeds::plant(app).await;
        let routes = routes::all();
        none(&checks::lacking_rights(app, &seeds, &routes).await);
        none(&checks::having_rights(app, &seeds, &routes).await);
    });
}
