//! `POST /v1/conversations/{id}/attributes`: free attributes.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_domain::ConversationId;
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Attributes to merge into those that are there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Attributes {
    attributes: Map<String, Value>,
}

/// Merges attributes; `null` takes one away.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/attributes",
    operation_id = "set_attributes",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = Attributes,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn set_attributes(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<Attributes>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::set_attributes(&app.engine, &ctx, id, body.attributes).await?))
}
