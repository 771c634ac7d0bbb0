//! `GET teams`.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::TeamView;
use tertulia_store::{Error, Scope, teams};

use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Refusal, Reply, shapes};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            teams::list(tx, account, TeamId(0), ROWS_MAX)
        })
        .await?;
    let shape = |team| shapes::team::rest(account, &TeamView::from(team), ctx.user());
    Ok(Reply(found.iter().map(shape).collect()))
}
