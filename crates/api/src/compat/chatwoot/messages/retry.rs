//! `POST conversations/{id}/messages/{id}/retry`: sends again what did not arrive.

use axum::extract::State;
use tertulia_domain::access::Permission;

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

pub(super) async fn retry(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let (conversation, message) = place.find(&app, &ctx).await?;
    let view =
        tertulia_engine::messages::retry(&app.engine, &ctx, conversation, message.id).await?;
    Ok(Reply(shown(&app, &ctx, view).await?))
}
