//! `GET /v1/users`: the people of the account.

use axum::extract::State;
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::UserView;
use tertulia_store::{Scope, users};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The people of the account, oldest first.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/users",
    operation_id = "list_users",
    tag = "users",
    params(PageParams),
    responses((status = 200, body = List<UserView>)),
)]
pub(super) async fn list_users(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<UserView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let page = listing.page;
    let after = UserId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());

    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| users::list(tx, account, after, limit))
        .await?;
    let page = page.answer(found, |item| item.id.0)?;
    Ok(page.map(|item| app.with_presence(account, UserView::from(&item))))
}
