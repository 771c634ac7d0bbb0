//! `POST /v1/users/{id}/password-reset`: a link for a new password.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::UserId;
use tertulia_engine::password_resets;
use tertulia_engine::views::PasswordResetView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Makes a link with which the person chooses a new password, and answers it this once.
///
/// Not for people who work for another account too (409).
/// Needs the permission `users:manage`.
#[utoipa::path(
    post,
    path = "/v1/users/{id}/password-reset",
    operation_id = "reset_user_password",
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 201, body = PasswordResetView)),
)]
pub(super) async fn reset_user_password(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(user): Path<UserId>,
) -> Result<(StatusCode, Json<PasswordResetView>), Problem> {
    let view = password_resets::create(&app.engine, &ctx, user).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
