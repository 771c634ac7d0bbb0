//! `GET assignable_agents`: who sees the conversations of all of these inboxes.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::{self, Permission};
use tertulia_domain::user::User;
use tertulia_domain::{InboxId, UserId};
use tertulia_store::{Error, Scope, inboxes};

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let missing = || Refusal::wrong("inbox_ids", "is missing");
    let named = fields.integers("inbox_ids")?.ok_or_else(missing)?;
    let account = ctx.account_id;
    let members = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let members = |inbox: &i64| inboxes::members(tx, account, InboxId(*inbox));
            named.iter().map(members).collect::<Result<Vec<Vec<UserId>>, _>>()
        })
        .await?;
    let all = people::all(&app, &ctx).await?;
    let sees = |user: &&User| {
        access::allows(user.role, Permission::InboxesAll)
            || members.iter().all(|of_inbox| of_inbox.contains(&user.id))
    };
    let agents: Vec<_> = all.iter().filter(sees).map(|u| people::shape(&app, &ctx, u)).collect();
    Ok(Reply(json!({"payload": agents})))
}
