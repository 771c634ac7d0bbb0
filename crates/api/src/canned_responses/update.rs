//! `PATCH /v1/canned-responses/{id}`: another short code or text.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::CannedResponseId;
use tertulia_engine::canned_responses;
use tertulia_engine::views::CannedResponseView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CannedResponseChange {
    pub(super) short_code: Option<String>,
    pub(super) content: Option<String>,
}

/// Changes a canned response.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    patch,
    path = "/v1/canned-responses/{id}",
    operation_id = "update_canned_response",
    tag = "canned responses",
    params(("id" = CannedResponseId, Path)),
    request_body = CannedResponseChange,
    responses((status = 200, body = CannedResponseView)),
)]
pub(super) async fn update_canned_response(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(response): Path<CannedResponseId>,
    Body(body): Body<CannedResponseChange>,
) -> Result<Json<CannedResponseView>, Problem> {
    let command = canned_responses::Update { short_code: body.short_code, content: body.content };
    Ok(Json(canned_responses::update(&app.engine, &ctx, response, command).await?))
}
