//! `POST /v1/conversations/{id}/control/pass`: to an app.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{AppId, ConversationId};
use tertulia_engine::control;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// To whom control goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PassControl {
    pub(super) app_id: AppId,
}

/// Passes the conversation to an app, whether it works on the inbox or not.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/control/pass",
    operation_id = "pass_control",
    tag = "control",
    params(("id" = ConversationId, Path)),
    request_body = PassControl,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn pass_control(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<PassControl>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(control::pass(&app.engine, &ctx, id, body.app_id).await?))
}
