//! `POST /v1/profile/password`: my new password.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::profile;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// The present password and the one to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordChange {
    pub(super) current: String,
    /// 12 to 128 characters.
    pub(super) new: String,
}

/// Changes my password; my other sessions end.
#[utoipa::path(
    post,
    path = "/v1/profile/password",
    operation_id = "change_password",
    tag = "profile",
    request_body = PasswordChange,
    responses((status = 204, description = "The password is changed")),
)]
pub(super) async fn change_password(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let command = profile::ChangePassword { current: body.current, new: body.new };
    profile::change_password(&app.engine, &ctx, command).await?;
    Ok(StatusCode::NO_CONTENT)
}
