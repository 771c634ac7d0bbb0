//! `GET accounts/{account_id}`.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AccountView;
use tertulia_store::{Error, Scope, accounts};

use crate::app::App;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn show(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| accounts::get(tx, account))
        .await?;
    let account = found.ok_or_else(Refusal::not_found)?;
    Ok(Reply(super::shape(&AccountView::from(&account))))
}
