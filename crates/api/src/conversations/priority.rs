//! `POST /v1/conversations/{id}/priority`: how urgent it is.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_domain::conversation::Priority;
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// How urgent it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PriorityChange {
    priority: Priority,
}

/// Sets the priority.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/priority",
    operation_id = "set_priority",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = PriorityChange,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn set_priority(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<PriorityChange>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::set_priority(&app.engine, &ctx, id, body.priority).await?))
}
