//! `POST /v1/profile/totp/disable`: takes my second factor away.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::totp;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// The proof that it is me.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PresentPassword {
    pub(super) password: String,
}

/// Takes my second factor away; my other sessions end.
#[utoipa::path(
    post,
    path = "/v1/profile/totp/disable",
    operation_id = "disable_totp",
    tag = "profile",
    request_body = PresentPassword,
    responses((status = 204, description = "The second factor is off")),
)]
pub(super) async fn disable_totp(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<PresentPassword>,
) -> Result<StatusCode, Problem> {
    totp::disable(&app.engine, &ctx, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
