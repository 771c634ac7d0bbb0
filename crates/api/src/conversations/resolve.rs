//! `POST /v1/conversations/{id}/resolve`: close it.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Closes the conversation.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/resolve",
    operation_id = "resolve_conversation",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn resolve_conversation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::resolve(&app.engine, &ctx, id).await?))
}
