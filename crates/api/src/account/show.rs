//! `GET /v1/account`: the account I am in.

use axum::Json;
use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AccountView;
use tertulia_store::{Scope, accounts};

use crate::app::App;
use crate::extract::Auth;
use crate::problem::Problem;

/// The account that I am in.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/account",
    operation_id = "show_account",
    tag = "account",
    responses((status = 200, body = AccountView)),
)]
pub(super) async fn show_account(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<Json<AccountView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| accounts::get(tx, account))
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("account"))?;
    Ok(Json(AccountView::from(&found)))
}
