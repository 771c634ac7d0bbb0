//! `GET /v1/setup`: whether there is nobody yet.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use tertulia_engine::setup;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;

/// The state of the set-up.
#[derive(Serialize, ToSchema)]
pub(super) struct Setup {
    pub(super) needed: bool,
}

/// Whether the first administrator is still to be made.
#[utoipa::path(
    get,
    path = "/v1/setup",
    operation_id = "show_setup",
    tag = "session",
    responses((status = 200, body = Setup)),
)]
pub(super) async fn show_setup(State(app): State<App>) -> Result<Json<Setup>, Problem> {
    Ok(Json(Setup { needed: setup::needed(&app.engine).await? }))
}
