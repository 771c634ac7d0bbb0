//! `POST /v1/profile/totp`: a secret for my authenticator.

use axum::Json;
use axum::extract::State;
use tertulia_engine::totp;
use tertulia_engine::views::TotpBegunView;

use crate::app::App;
use crate::extract::Auth;
use crate::problem::Problem;

/// Makes a secret for my authenticator. It is not in force before it is confirmed.
#[utoipa::path(
    post,
    path = "/v1/profile/totp",
    operation_id = "begin_totp",
    tag = "profile",
    responses((status = 200, body = TotpBegunView)),
)]
pub(super) async fn begin_totp(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<Json<TotpBegunView>, Problem> {
    Ok(Json(totp::begin(&app.engine, &ctx).await?))
}
