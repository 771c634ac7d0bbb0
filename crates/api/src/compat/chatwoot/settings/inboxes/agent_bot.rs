//! `GET inboxes/{id}/agent_bot`: the bot that answers on an inbox.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_store::{Error, Scope, apps};

use super::find;
use crate::app::App;
use crate::compat::chatwoot::settings::agent_bots;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let (account, inbox) = (ctx.account_id, find(&app, &ctx, InboxId(one.id)).await?.id);
    let answering = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| apps::assigned(tx, account, inbox))
        .await?;
    let bot = match answering {
        Some(id) => agent_bots::find(&app, &ctx, id).await.ok(),
        None => None,
    };
    let shape = bot.map_or_else(|| json!({}), |bot| bot.shape(&ctx));
    Ok(Reply(json!({"agent_bot": shape})))
}
