//! `GET conversations/search`: conversations in which something was said.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_store::{conversations, search};

use super::asked::{self, PAGE};
use super::shown;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// Messages that are looked at, newest first.
const HITS_MAX: i64 = 500;

pub(super) async fn find(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let words = fields.text("q")?.unwrap_or_default();
    let (skip, rows) = asked::page(&fields, PAGE)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let found = shown::many(&app, &ctx, move |tx| {
        let reader = viewer.user.filter(|_| !viewer.all_inboxes);
        let hits = search::messages(tx, account, &words, reader, None, HITS_MAX)?;
        let mut ids: Vec<_> = hits.iter().map(|hit| hit.conversation_id).collect();
        ids.sort();
        ids.dedup();
        conversations::of_ids(tx, account, viewer, &ids)
    })
    .await?;
    let count = found.len();
    let skip = usize::try_from(skip).unwrap_or(usize::MAX);
    let rows = usize::try_from(rows).unwrap_or(0);
    let payload: Vec<_> = found.into_iter().skip(skip).take(rows).collect();
    // Nobody counts by assignee what was found by words.
    let meta =
        json!({"mine_count": 0, "assigned_count": 0, "unassigned_count": 0, "all_count": count});
    Ok(Reply(json!({"meta": meta, "payload": payload})))
}
