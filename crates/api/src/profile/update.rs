//! `PATCH /v1/profile`: my name and language.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_engine::profile;
use tertulia_engine::views::UserView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileChange {
    pub(super) name: Option<String>,
    pub(super) locale: Option<String>,
}

/// Changes my name or language.
#[utoipa::path(
    patch,
    path = "/v1/profile",
    operation_id = "update_profile",
    tag = "profile",
    request_body = ProfileChange,
    responses((status = 200, body = UserView)),
)]
pub(super) async fn update_profile(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<ProfileChange>,
) -> Result<Json<UserView>, Problem> {
    let command = profile::Update { name: body.name, locale: body.locale };
    let view = profile::update(&app.engine, &ctx, command).await?;
    Ok(Json(app.with_presence(ctx.account_id, view)))
}
