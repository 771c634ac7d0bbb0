//! `POST /v1/conversations/{id}/control/give_back`.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_engine::control;
use tertulia_engine::views::ConversationView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Gives the conversation back to the app that answers on its inbox: its status is `pending` again.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/control/give_back",
    operation_id = "give_control_back",
    tag = "control",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn give_control_back(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(control::give_back(&app.engine, &ctx, id).await?))
}
