//! `POST /v1/tokens`: a new API token.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::Timestamp;
use tertulia_domain::access::Permission;
use tertulia_engine::tokens;
use tertulia_engine::views::TokenView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A token to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    pub(super) name: String,
    /// What the token may do; no more than who makes it.
    pub(super) scopes: Vec<Permission>,
    pub(super) expires_at: Option<Timestamp>,
}

/// Makes an API token, and answers its secret this once.
///
/// A repeat with the same `Idempotency-Key` answers the same token without its secret.
/// Needs the permission `tokens:manage`, and every scope that the token gets.
#[utoipa::path(
    post,
    path = "/v1/tokens",
    operation_id = "create_token",
    tag = "tokens",
    request_body = NewToken,
    responses((status = 201, body = TokenView)),
)]
pub(super) async fn create_token(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewToken>,
) -> Result<(StatusCode, Json<TokenView>), Problem> {
    let command =
        tokens::Create { name: body.name, scopes: body.scopes, expires_at: body.expires_at };
    let view = tokens::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
