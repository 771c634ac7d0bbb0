//! `DELETE /v1/sessions/{id}`: ends a session of mine.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::SessionId;
use tertulia_engine::sessions;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Ends one of my sessions; its sockets close.
#[utoipa::path(
    delete,
    path = "/v1/sessions/{id}",
    operation_id = "revoke_session",
    tag = "session",
    params(("id" = SessionId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn revoke_session(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    sessions::revoke(&app.engine, &ctx, session).await?;
    Ok(StatusCode::NO_CONTENT)
}
