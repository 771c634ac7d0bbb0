//! `POST /v1/session`: signs in.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tertulia_engine::sessions;
use tertulia_engine::views::MeView;
use utoipa::ToSchema;

use super::{browser, signed_in};
use crate::app::App;
use crate::extract::{Body, Client};
use crate::problem::Problem;

/// What a person enters.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) code: Option<String>,
}

/// Signs in and sets the session cookie.
///
/// `totp_required` asks for the code of the second factor, or a recovery code.
#[utoipa::path(
    post,
    path = "/v1/session",
    operation_id = "create_session",
    tag = "session",
    request_body = Credentials,
    responses((status = 201, body = MeView)),
)]
pub(super) async fn create_session(
    State(app): State<App>,
    client: Client,
    Body(body): Body<Credentials>,
) -> Result<Response, Problem> {
    let command = sessions::SignIn { email: body.email, password: body.password, code: body.code };
    let opened = sessions::sign_in(&app.engine, browser(client), command).await?;
    signed_in(&app, opened)
}
