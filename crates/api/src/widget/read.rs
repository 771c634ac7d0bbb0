//! `POST /widget/v1/read`: the visitor has read up to a message.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::reads;
use utoipa::ToSchema;

use super::guest::Guest;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// How far the visitor has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadUpTo {
    seq: i64,
}

/// Say how far one has read; a mark never goes back.
#[utoipa::path(
    post,
    path = "/widget/v1/read",
    operation_id = "mark_widget_read",
    tag = "widget",
    request_body = ReadUpTo,
    responses((status = 204, description = "Noted")),
)]
pub(super) async fn mark_widget_read(
    guest: Guest,
    State(app): State<App>,
    Body(body): Body<ReadUpTo>,
) -> Result<StatusCode, Problem> {
    if let Some(conversation) = guest.conversation(&app).await? {
        reads::mark_by_contact(&app.engine, guest.ctx(), conversation.id, body.seq).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
