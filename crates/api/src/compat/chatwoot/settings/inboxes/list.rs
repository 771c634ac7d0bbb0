//! `GET inboxes`: those that the principal may see.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_store::{Error, Scope, inboxes};

use super::shape::shape;
use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let member = if ctx.may(Permission::InboxesAll) { None } else { ctx.user() };
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| match member {
            None => inboxes::list(tx, account, InboxId(0), ROWS_MAX),
            Some(user) => inboxes::list_of_member(tx, account, user, InboxId(0), ROWS_MAX),
        })
        .await?;
    let payload: Value = found.iter().map(|inbox| shape(&app, &ctx, inbox)).collect();
    Ok(Reply(json!({"payload": payload})))
}
