//! `POST conversations/{id}/toggle_priority`: how urgent it is; none clears it.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_domain::conversation::Priority;
use tertulia_engine::conversations;

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
    let priority = read(&fields)?;
    let id = place.find(&app, &ctx).await?;
    conversations::set_priority(&app.engine, &ctx, id, priority).await?;
    Ok(Empty)
}

/// The priority that a request asks for; Chatwoot says `null` for none.
pub(super) fn read(fields: &Fields) -> Result<Priority, Refusal> {
    match fields.filled("priority")?.as_deref() {
        None | Some("none") => Ok(Priority::None),
        Some(word) => {
            let wrong = || Refusal::wrong("priority", "must be low, medium, high, urgent or null");
            word.parse().map_err(|_| wrong())
        }
    }
}
