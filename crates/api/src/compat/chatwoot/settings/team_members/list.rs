//! `GET teams/{id}/team_members`.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;

use crate::app::App;
use crate::compat::chatwoot::settings::{people, teams};
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let team = teams::find(&app, &ctx, TeamId(one.id)).await?;
    people::of(&app, &ctx, &team.member_ids).await.map(Reply)
}
