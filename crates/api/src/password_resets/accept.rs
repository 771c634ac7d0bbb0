//! `POST /v1/password-resets/accept`: a new password by a link.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::password_resets;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Body, Client};
use crate::problem::Problem;

/// The link's token and the password to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPassword {
    pub(super) token: String,
    /// 12 to 128 characters.
    pub(super) password: String,
}

/// Chooses a new password with the token of a reset link. Every session of the person ends.
#[utoipa::path(
    post,
    path = "/v1/password-resets/accept",
    operation_id = "accept_password_reset",
    tag = "session",
    request_body = NewPassword,
    responses((status = 204, description = "The password is changed")),
)]
pub(super) async fn accept_password_reset(
    State(app): State<App>,
    client: Client,
    Body(body): Body<NewPassword>,
) -> Result<StatusCode, Problem> {
    let command = password_resets::Accept { token: body.token, password: body.password };
    password_resets::accept(&app.engine, &client.ip.to_string(), command).await?;
    Ok(StatusCode::NO_CONTENT)
}
