//! `GET /v1/conversations/{id}`: one conversation.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::ConversationView;
use tertulia_store::{Scope, conversations};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One conversation of an inbox that you may see.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}",
    operation_id = "show_conversation",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn show_conversation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    ctx.require(Permission::ConversationsRead)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::shown_one(tx, account, viewer, id))
        .await?;
    let shown = found.ok_or_else(|| Problem::not_found("conversation"))?;
    Ok(Json(ConversationView::from(&shown)))
}
