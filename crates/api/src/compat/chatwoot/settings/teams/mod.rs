//! Teams, as bare objects and lists.

mod create;
mod delete;
mod list;
mod show;
mod update;

use tertulia_domain::TeamId;
use tertulia_domain::account::Team;
use tertulia_engine::Ctx;
use tertulia_store::{Error, Scope, teams};

use crate::app::App;
use crate::compat::chatwoot::{Refusal, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/teams", list::list)
        .post("/teams", create::create)
        .get("/teams/{id}", show::show)
        .patch("/teams/{id}", update::update)
        .delete("/teams/{id}", delete::delete)
}

/// One team.
pub(super) async fn find(app: &App, ctx: &Ctx, team: TeamId) -> Result<Team, Refusal> {
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| teams::get(tx, account, team))
        .await?;
    found.ok_or_else(Refusal::not_found)
}
