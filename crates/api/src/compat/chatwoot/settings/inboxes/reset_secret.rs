//! `POST inboxes/{id}/reset_secret`: a new secret for both directions.

use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn reset_secret(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    inboxes::rotate_secret(&app.engine, &ctx, InboxId(one.id)).await?;
    super::told(&app, &ctx, InboxId(one.id)).await
}
