//! `POST /v1/session/account`: goes to another account of mine.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tertulia_domain::AccountId;
use tertulia_engine::sessions;
use tertulia_engine::views::MeView;
use utoipa::ToSchema;

use super::with_cookie;
use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// Where to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountChoice {
    pub(super) account_id: AccountId,
}

/// Goes to another account of mine; the session gets another secret, and its sockets close.
#[utoipa::path(
    post,
    path = "/v1/session/account",
    operation_id = "switch_account",
    tag = "session",
    request_body = AccountChoice,
    responses((status = 200, body = MeView)),
)]
pub(super) async fn switch_account(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<AccountChoice>,
) -> Result<Response, Problem> {
    let entered = sessions::switch_account(&app.engine, &ctx, body.account_id).await?;
    with_cookie(&app, axum::http::StatusCode::OK, entered)
}
