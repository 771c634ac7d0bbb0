//! `GET /v1/conversations/{id}/journal`: who did what.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::EventView;
use tertulia_store::{Scope, conversations, events};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Events of one answer: the newest ones.
const EVENTS_MAX: i64 = 200;

/// The newest 200 events of the conversation, oldest first.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}/journal",
    operation_id = "list_journal",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = Vec<EventView>)),
)]
pub(super) async fn list_journal(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
) -> Result<Json<Vec<EventView>>, Problem> {
    ctx.require(Permission::ConversationsRead)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            let Some(seen) = conversations::find(tx, account, viewer, id)? else {
                return Ok(None);
            };
            events::of_conversation(tx, account, seen.id, EVENTS_MAX).map(Some)
        })
        .await?;
    let events = found.ok_or_else(|| Problem::not_found("conversation"))?;
    Ok(Json(events.iter().map(EventView::from).collect()))
}
