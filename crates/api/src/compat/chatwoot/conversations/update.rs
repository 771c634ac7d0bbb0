//! `PATCH conversations/{id}`: the priority; Chatwoot ignores everything else.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::conversations;

use super::{Place, shown, toggle_priority};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let fields = fields.of("conversation");
    let id = place.find(&app, &ctx).await?;
    if fields.has("priority") {
        let priority = toggle_priority::read(&fields)?;
        conversations::set_priority(&app.engine, &ctx, id, priority).await?;
    }
    Ok(Reply(shown::one(&app, &ctx, id).await?))
}
