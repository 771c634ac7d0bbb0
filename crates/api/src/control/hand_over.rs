//! `POST /v1/conversations/{id}/control/hand_over`: ask for people.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_engine::control;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Why people are asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver {
    /// A line for the people who come.
    pub(super) reason: Option<String>,
}

/// Asks for people: the status is `open`. The app in control goes on until a person takes it.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/control/hand_over",
    operation_id = "hand_control_over",
    tag = "control",
    params(("id" = ConversationId, Path)),
    request_body = HandOver,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn hand_control_over(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<HandOver>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(control::hand_over(&app.engine, &ctx, id, body.reason).await?))
}
