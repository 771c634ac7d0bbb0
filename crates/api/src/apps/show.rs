//! `GET /v1/apps/{id}`: one app.

use axum::Json;
use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AppView;
use tertulia_engine::{Error, apps as engine_apps};
use tertulia_store::{Scope, apps};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One app, without its secrets.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/apps/{id}",
    operation_id = "show_app",
    tag = "apps",
    params(("id" = AppId, Path)),
    responses((status = 200, body = AppView)),
)]
pub(super) async fn show_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
) -> Result<Json<AppView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        let app = apps::get(tx, account, id)?.ok_or(Error::NotFound("app"))?;
        engine_apps::show(tx, account, &app)
    });
    Ok(Json(read.await?))
}
