//! `POST /v1/conversations/{id}/control/take`.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_engine::control;
use tertulia_engine::views::ConversationView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Takes control of the conversation. Whoever held it can no longer speak to the customer, and what it had not sent yet is called back.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/control/take",
    operation_id = "take_control",
    tag = "control",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn take_control(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(control::take(&app.engine, &ctx, id).await?))
}
