//! `PATCH inbox_members`: these people and nobody else.

use axum::extract::State;
use tertulia_engine::inboxes::set_members;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let (inbox, members) = (super::inbox(&fields)?, people::named(&fields)?);
    let view = set_members(&app.engine, &ctx, inbox, members).await?;
    super::told(&app, &ctx, &view.member_ids).await
}
