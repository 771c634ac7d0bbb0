//! `DELETE inbox_members`: these people go, the others stay.

use axum::extract::State;
use tertulia_engine::inboxes::change_members;
use tertulia_engine::teams::Members;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Empty, Fields, Refusal};

pub(super) async fn remove(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    let (inbox, members) = (super::inbox(&fields)?, Members::Leave(people::named(&fields)?));
    change_members(&app.engine, &ctx, inbox, members).await?;
    Ok(Empty)
}
