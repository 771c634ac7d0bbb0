//! `GET agent_bots`.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_store::{Error, Scope, apps};

use super::Bot;
use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let (account, reader) = (ctx.account_id, ctx.clone());
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let mut bots = Vec::new();
            for app in apps::list(tx, account, AppId(0), ROWS_MAX)? {
                bots.extend(Bot::of(tx, &reader, app)?);
            }
            Ok(bots)
        })
        .await?;
    Ok(Reply(found.iter().map(|bot| bot.shape(&ctx)).collect()))
}
