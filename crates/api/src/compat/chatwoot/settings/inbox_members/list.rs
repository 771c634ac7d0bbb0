//! `GET inbox_members/{id}`.

use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_store::{Error, Scope, inboxes};

use crate::app::App;
use crate::compat::chatwoot::settings::inboxes::find;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let (account, inbox) = (ctx.account_id, find(&app, &ctx, InboxId(one.id)).await?.id);
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            inboxes::members(tx, account, inbox)
        })
        .await?;
    super::told(&app, &ctx, &found).await
}
