//! `DELETE conversations/{id}/messages/{id}`: takes back one's own message.

use axum::extract::State;
use tertulia_domain::access::Permission;

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let (conversation, message) = place.find(&app, &ctx).await?;
    let view =
        tertulia_engine::messages::delete(&app.engine, &ctx, conversation, message.id).await?;
    Ok(Reply(shown(&app, &ctx, view).await?))
}
