//! Inboxes. An inbox and its channel are one thing here.

mod agent_bot;
mod create;
mod delete;
mod list;
mod reset_secret;
mod set_agent_bot;
mod shape;
mod show;
mod update;
mod wanted;

use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::inbox::Inbox;
use tertulia_engine::Ctx;
use tertulia_store::{Error, Scope, inboxes};

use crate::app::App;
use crate::compat::chatwoot::{Refusal, Reply, Routes};

const ONE: &str = "/inboxes/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/inboxes", list::list)
        .post("/inboxes", create::create)
        .get(ONE, show::show)
        .patch(ONE, update::update)
        .delete(ONE, delete::delete)
        .get("/inboxes/{id}/agent_bot", agent_bot::show)
        .post("/inboxes/{id}/set_agent_bot", set_agent_bot::set)
        .post("/inboxes/{id}/reset_secret", reset_secret::reset_secret)
}

/// One inbox that the principal may see.
pub(super) async fn find(app: &App, ctx: &Ctx, inbox: InboxId) -> Result<Inbox, Refusal> {
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let found = inboxes::get(tx, account, inbox)?;
            Ok((found, inboxes::members(tx, account, inbox)?))
        })
        .await?;
    let sees = |members: &[_]| {
        ctx.may(Permission::InboxesAll) || ctx.user().is_some_and(|user| members.contains(&user))
    };
    match found {
        (Some(inbox), members) if sees(&members) => Ok(inbox),
        _ => Err(Refusal::not_found()),
    }
}

/// One inbox as it is now.
async fn told(app: &App, ctx: &Ctx, inbox: InboxId) -> Result<Reply, Refusal> {
    Ok(Reply(shape::shape(app, ctx, &find(app, ctx, inbox).await?)))
}
