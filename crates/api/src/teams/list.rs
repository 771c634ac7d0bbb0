//! `GET /v1/teams`: the teams of the account.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::TeamView;
use tertulia_store::{Scope, teams};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The teams of the account, oldest first.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/teams",
    operation_id = "list_teams",
    tag = "teams",
    params(PageParams),
    responses((status = 200, body = List<TeamView>)),
)]
pub(super) async fn list_teams(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<TeamView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let page = listing.page;
    let after = TeamId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());

    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| teams::list(tx, account, after, limit))
        .await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| TeamView::from(&item)))
}
