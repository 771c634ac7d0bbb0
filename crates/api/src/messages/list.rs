//! `GET /v1/conversations/{id}/messages`: a page of the log, by numbers.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::MessageView;
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{Scope, conversations};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::extract::{Auth, Path, Query};
use crate::problem::Problem;

/// Most messages of a page.
const LIMIT_MAX: usize = 100;
const LIMIT_DEFAULT: usize = 50;

/// Which part of the log; without a number the newest.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LogSpan {
    /// The newest ones before this `seq`.
    before: Option<i64>,
    /// The oldest ones after this `seq`.
    after: Option<i64>,
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<usize>,
}

/// A page of a log, in the order of the numbers.
#[derive(Serialize, ToSchema)]
pub(super) struct MessagePage {
    items: Vec<MessageView>,
    /// There are more in the direction that was asked for.
    has_more: bool,
}

/// Messages, notes and activities of the conversation, ascending by `seq`.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}/messages",
    operation_id = "list_messages",
    tag = "messages",
    params(("id" = ConversationId, Path), LogSpan),
    responses((status = 200, body = MessagePage)),
)]
pub(super) async fn list_messages(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Query(wanted): Query<LogSpan>,
) -> Result<Json<MessagePage>, Problem> {
    ctx.require(Permission::ConversationsRead)?;
    let (span, limit) = read_span(&wanted)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            let Some(seen) = conversations::find(tx, account, viewer, id)? else {
                return Ok(None);
            };
            let log = Log { room: seen.room_id, conversation: Some(id), public_only: false };
            messages::page(tx, account, log, span, limit).map(Some)
        })
        .await?;
    let (items, has_more) = found.ok_or_else(|| Problem::not_found("conversation"))?;
    Ok(Json(MessagePage { items: items.iter().map(MessageView::from).collect(), has_more }))
}

fn read_span(wanted: &LogSpan) -> Result<(Span, usize), Problem> {
    let limit = wanted.limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        let detail = format!("The limit is a number from 1 to {LIMIT_MAX}.");
        return Err(Problem::invalid("invalid", "?limit", detail));
    }
    match (wanted.before, wanted.after) {
        (None, None) => Ok((Span::Newest, limit)),
        (Some(seq), None) => Ok((Span::Before(seq), limit)),
        (None, Some(seq)) => Ok((Span::After(seq), limit)),
        (Some(_), Some(_)) => {
            let detail = "Ask for what is before a number or after one, not for both.";
            Err(Problem::invalid("invalid", "?after", detail))
        }
    }
}
