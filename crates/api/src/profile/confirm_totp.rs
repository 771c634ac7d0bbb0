//! `POST /v1/profile/totp/confirm`: puts my second factor in force.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_engine::totp;
use tertulia_engine::views::RecoveryCodesView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// What the authenticator shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TotpCode {
    pub(super) code: String,
}

/// Puts my second factor in force with its first code; my other sessions end. Answers the recovery codes this once.
#[utoipa::path(
    post,
    path = "/v1/profile/totp/confirm",
    operation_id = "confirm_totp",
    tag = "profile",
    request_body = TotpCode,
    responses((status = 200, body = RecoveryCodesView)),
)]
pub(super) async fn confirm_totp(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<TotpCode>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    Ok(Json(totp::confirm(&app.engine, &ctx, body.code).await?))
}
