//! `PATCH /v1/users/{id}`: another role, or no access for now.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::UserId;
use tertulia_domain::user::Role;
use tertulia_engine::users;
use tertulia_engine::views::UserView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserChange {
    pub(super) name: Option<String>,
    pub(super) role: Option<Role>,
    /// False: signed out at once, and kept out.
    pub(super) active: Option<bool>,
}

/// Changes a person's name, role, or whether they may come in.
///
/// The last administrator stays one (409).
/// Needs the permission `users:manage`.
#[utoipa::path(
    patch,
    path = "/v1/users/{id}",
    operation_id = "update_user",
    tag = "users",
    params(("id" = UserId, Path)),
    request_body = UserChange,
    responses((status = 200, body = UserView)),
)]
pub(super) async fn update_user(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(user): Path<UserId>,
    Body(body): Body<UserChange>,
) -> Result<Json<UserView>, Problem> {
    let command = users::Update { name: body.name, role: body.role, active: body.active };
    let view = users::update(&app.engine, &ctx, user, command).await?;
    Ok(Json(app.with_presence(ctx.account_id, view)))
}
