//! `POST conversations/{id}/toggle_typing_status`: shown for a few seconds, stored nowhere.

use axum::extract::State;
use tertulia_domain::access::Permission;

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, Fields, Path, Refusal};

pub(super) async fn toggle(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let on = match fields.filled("typing_status")?.as_deref() {
        Some("on") => true,
        Some("off") => false,
        _ => return Err(Refusal::wrong("typing_status", "must be on or off")),
    };
    let is_private = fields.flag("is_private")?.unwrap_or(false);
    let id = place.find(&app, &ctx).await?;
    // What is typed to colleagues is not announced to the customer.
    if !is_private {
        app.live.staff_types(ctx.account_id, id, ctx.user(), &ctx.name, on).await;
    }
    Ok(Empty)
}
