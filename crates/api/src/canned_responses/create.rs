//! `POST /v1/canned-responses`: a new canned response.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::canned_responses;
use tertulia_engine::views::CannedResponseView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A text to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCannedResponse {
    /// One line that nobody else has taken in the account.
    pub(super) short_code: String,
    pub(super) content: String,
}

/// Keeps a text under a short code.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/canned-responses",
    operation_id = "create_canned_response",
    tag = "canned responses",
    request_body = NewCannedResponse,
    responses((status = 201, body = CannedResponseView)),
)]
pub(super) async fn create_canned_response(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewCannedResponse>,
) -> Result<(StatusCode, Json<CannedResponseView>), Problem> {
    let command = canned_responses::Create { short_code: body.short_code, content: body.content };
    let view = canned_responses::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
