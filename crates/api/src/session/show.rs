//! `GET /v1/session`: who I am.

use axum::Json;
use axum::extract::State;
use tertulia_engine::sessions;
use tertulia_engine::views::MeView;

use crate::app::App;
use crate::extract::Auth;
use crate::problem::Problem;

/// Who I am, in which account, and what I may do.
#[utoipa::path(
    get,
    path = "/v1/session",
    operation_id = "show_session",
    tag = "session",
    responses((status = 200, body = MeView)),
)]
pub(super) async fn show_session(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<Json<MeView>, Problem> {
    let me = sessions::me(&app.engine, &ctx).await?;
    Ok(Json(app.with_my_presence(me)))
}
