//! `GET conversations/{id}`: one conversation.

use axum::extract::State;
use tertulia_domain::access::Permission;

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    Ok(Reply(shown::one(&app, &ctx, id).await?))
}
