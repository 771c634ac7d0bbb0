//! `POST /v1/conversations/{id}/control/release`.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_engine::control;
use tertulia_engine::views::ConversationView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Lets go of the conversation: nobody speaks to the customer, and people are asked for.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/control/release",
    operation_id = "release_control",
    tag = "control",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn release_control(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(control::release(&app.engine, &ctx, id).await?))
}
