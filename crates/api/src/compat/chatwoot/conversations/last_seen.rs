//! `POST conversations/{id}/update_last_seen`: one has read all there is.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::reads;

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    // Up to the end, wherever that is by then.
    reads::mark(&app.engine, &ctx, id, i64::MAX).await?;
    Ok(Reply(shown::one(&app, &ctx, id).await?))
}
