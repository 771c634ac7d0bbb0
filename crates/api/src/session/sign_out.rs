//! `DELETE /v1/session`: signs out.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tertulia_engine::sessions;

use crate::app::App;
use crate::cookies;
use crate::extract::Auth;
use crate::problem::Problem;

/// Signs out: the session ends and the cookie goes.
#[utoipa::path(
    delete,
    path = "/v1/session",
    operation_id = "delete_session",
    tag = "session",
    responses((status = 204, description = "Signed out")),
)]
pub(super) async fn delete_session(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<Response, Problem> {
    sessions::sign_out(&app.engine, &ctx).await?;
    let cookie = cookies::signed_out(&app)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
