//! `/v1/conversations/{id}/draft`: what I was writing, on every device of mine.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tertulia_domain::message::Visibility;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::drafts::{self, DraftView};
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// An unfinished message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDraft {
    text: String,
    visibility: Visibility,
    reply_to: Option<MessageId>,
}

/// Your unfinished message in the conversation.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}/draft",
    operation_id = "show_draft",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = DraftView), (status = 204, description = "There is none")),
)]
pub(super) async fn show_draft(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Response, Problem> {
    let draft = drafts::load(&app.engine, &ctx, id).await?;
    Ok(draft.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |draft| Json(draft).into_response(),
    ))
}

/// Keeps your unfinished message.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    put,
    path = "/v1/conversations/{id}/draft",
    operation_id = "save_draft",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = NewDraft,
    responses((status = 200, body = DraftView)),
)]
pub(super) async fn save_draft(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<NewDraft>,
) -> Result<Json<DraftView>, Problem> {
    let NewDraft { text, visibility, reply_to } = body;
    Ok(Json(drafts::save(&app.engine, &ctx, id, text, visibility, reply_to).await?))
}

/// Forgets your unfinished message.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    delete,
    path = "/v1/conversations/{id}/draft",
    operation_id = "clear_draft",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn clear_draft(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<StatusCode, Problem> {
    drafts::clear(&app.engine, &ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
