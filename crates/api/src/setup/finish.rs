//! `POST /v1/setup`: the first account and its administrator.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tertulia_engine::setup;
use tertulia_engine::views::MeView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Body, Client};
use crate::problem::Problem;
use crate::session::{browser, signed_in};

/// The first account and its administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstAdministrator {
    pub(super) token: String,
    pub(super) account_name: String,
    pub(super) name: String,
    pub(super) email: String,
    /// 12 to 128 characters.
    pub(super) password: String,
    pub(super) locale: String,
}

/// Makes the first account with its administrator, and signs in. The server prints the token when it starts.
#[utoipa::path(
    post,
    path = "/v1/setup",
    operation_id = "finish_setup",
    tag = "session",
    request_body = FirstAdministrator,
    responses((status = 201, body = MeView)),
)]
pub(super) async fn finish_setup(
    State(app): State<App>,
    client: Client,
    Body(body): Body<FirstAdministrator>,
) -> Result<Response, Problem> {
    let command = setup::Finish {
        token: body.token,
        account_name: body.account_name,
        name: body.name,
        email: body.email,
        password: body.password,
        locale: body.locale,
    };
    let opened = setup::finish(&app.engine, browser(client), command).await?;
    signed_in(&app, opened)
}
