//! `GET /v1/users/{id}`: one person.

use axum::Json;
use axum::extract::State;
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::UserView;
use tertulia_store::{Scope, users};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One person of the account.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/users/{id}",
    operation_id = "show_user",
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 200, body = UserView)),
)]
pub(super) async fn show_user(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(user): Path<UserId>,
) -> Result<Json<UserView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| users::get(tx, account, user))
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("user"))?;
    Ok(Json(app.with_presence(account, UserView::from(&found))))
}
