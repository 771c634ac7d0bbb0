//! `DELETE /v1/users/{id}`: the person leaves the account.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::UserId;
use tertulia_engine::users;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Takes a person out of the account; what they did keeps their name.
///
/// Needs the permission `users:manage`.
#[utoipa::path(
    delete,
    path = "/v1/users/{id}",
    operation_id = "delete_user",
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_user(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(user): Path<UserId>,
) -> Result<StatusCode, Problem> {
    users::remove(&app.engine, &ctx, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
