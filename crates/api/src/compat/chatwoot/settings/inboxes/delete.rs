//! `DELETE inboxes/{id}`: out of service at once; its conversations stay.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    inboxes::delete(&app.engine, &ctx, InboxId(one.id)).await?;
    Ok(Reply(json!({"message": "The inbox is out of service; its conversations stay."})))
}
