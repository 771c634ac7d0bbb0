//! `DELETE teams/{id}`: its conversations stay, without a team.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_engine::teams;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    teams::delete(&app.engine, &ctx, TeamId(one.id)).await?;
    Ok(Empty)
}
