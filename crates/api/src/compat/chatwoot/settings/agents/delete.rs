//! `DELETE agents/{id}`: the person leaves the account; what they did keeps their name.

use axum::extract::State;
use tertulia_domain::UserId;
use tertulia_engine::users;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    users::remove(&app.engine, &ctx, UserId(one.id)).await?;
    Ok(Empty)
}
