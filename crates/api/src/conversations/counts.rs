//! `GET /v1/conversations/counts`: the numbers on the tabs.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use tertulia_domain::access::Permission;
use tertulia_store::{Scope, conversations};
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::Auth;
use crate::problem::Problem;

/// How many open and pending conversations you may see.
#[derive(Serialize, ToSchema)]
pub(super) struct ConversationCounts {
    mine: i64,
    /// Open, and nobody's.
    unassigned: i64,
    /// With an app.
    pending: i64,
    all: i64,
}

/// Counts the open and pending conversations.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/conversations/counts",
    operation_id = "count_conversations",
    tag = "conversations",
    responses((status = 200, body = ConversationCounts)),
)]
pub(super) async fn count_conversations(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<Json<ConversationCounts>, Problem> {
    ctx.require(Permission::ConversationsRead)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let counts = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::counts(tx, account, viewer))
        .await?;
    let conversations::Counts { mine, unassigned, pending, all } = counts;
    Ok(Json(ConversationCounts { mine, unassigned, pending, all }))
}
