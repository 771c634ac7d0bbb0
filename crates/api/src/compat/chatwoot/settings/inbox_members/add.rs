//! `POST inbox_members`: these people come, the others stay.

use axum::extract::State;
use tertulia_engine::inboxes::change_members;
use tertulia_engine::teams::Members;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn add(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let (inbox, members) = (super::inbox(&fields)?, Members::Join(people::named(&fields)?));
    let view = change_members(&app.engine, &ctx, inbox, members).await?;
    super::told(&app, &ctx, &view.member_ids).await
}
