//! `GET teams/{id}`.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::TeamView;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply, shapes};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let team = super::find(&app, &ctx, TeamId(one.id)).await?;
    Ok(Reply(shapes::team::rest(ctx.account_id, &TeamView::from(&team), ctx.user())))
}
