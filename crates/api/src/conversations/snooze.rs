//! `POST /v1/conversations/{id}/snooze`: put it aside until a time.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Until when it sleeps.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Snooze {
    /// In the future.
    until: Timestamp,
}

/// Puts the conversation aside until a time, or until the customer writes.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/snooze",
    operation_id = "snooze_conversation",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = Snooze,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn snooze_conversation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<Snooze>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::snooze(&app.engine, &ctx, id, body.until).await?))
}
