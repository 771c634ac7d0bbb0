//! `GET /v1/apps`: the apps of the account.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AppView;
use tertulia_engine::{Error, apps as engine_apps};
use tertulia_store::{Scope, apps};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The apps of the account, oldest first, without their secrets.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/apps",
    operation_id = "list_apps",
    tag = "apps",
    params(PageParams),
    responses((status = 200, body = List<AppView>)),
)]
pub(super) async fn list_apps(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<AppView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let page = listing.page;
    let after = AppId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        let found = apps::list(tx, account, after, limit)?;
        let shown = found.iter().map(|app| engine_apps::show(tx, account, app));
        shown.collect::<Result<Vec<_>, Error>>()
    });
    page.answer(read.await?, |item| item.id.0)
}
