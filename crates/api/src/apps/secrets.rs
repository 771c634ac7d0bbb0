//! `GET /v1/apps/{id}/secrets`: what an administrator puts into the app.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::Error;
use tertulia_store::{Scope, apps, webhooks};
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// The secrets of an app.
#[derive(Serialize, ToSchema)]
pub(super) struct AppSecrets {
    /// It speaks with this.
    token: String,
    /// Signs what its endpoint gets.
    secret: Option<String>,
}

/// The token of an app, and the secret that signs what its endpoint gets.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    get,
    path = "/v1/apps/{id}/secrets",
    operation_id = "show_app_secrets",
    tag = "apps",
    params(("id" = AppId, Path)),
    responses((status = 200, body = AppSecrets)),
)]
pub(super) async fn show_app_secrets(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
) -> Result<Json<AppSecrets>, Problem> {
    ctx.require(Permission::AppsManage)?;
    let account = ctx.account_id;
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        let app = apps::get(tx, account, id)?.ok_or(Error::NotFound("app"))?;
        let endpoint = webhooks::of_app(tx, account, id)?;
        Ok::<_, Error>(AppSecrets { token: app.token, secret: endpoint.map(|e| e.secret) })
    });
    Ok(Json(read.await?))
}
