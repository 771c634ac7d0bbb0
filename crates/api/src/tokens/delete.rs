//! `DELETE /v1/tokens/{id}`: the token stops working.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::TokenId;
use tertulia_engine::tokens;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Revokes an API token; sockets that it opened close.
///
/// Needs the permission `tokens:manage`.
#[utoipa::path(
    delete,
    path = "/v1/tokens/{id}",
    operation_id = "delete_token",
    tag = "tokens",
    params(("id" = TokenId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_token(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(token): Path<TokenId>,
) -> Result<StatusCode, Problem> {
    tokens::revoke(&app.engine, &ctx, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
