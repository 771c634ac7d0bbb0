//! `POST /v1/conversations/{id}/read`: I have read up to here.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_engine::reads;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// How far one has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadMark {
    seq: i64,
}

/// Moves your own watermark; it never goes back.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/read",
    operation_id = "mark_read",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = ReadMark,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn mark_read(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<ReadMark>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(reads::mark(&app.engine, &ctx, id, body.seq).await?))
}
