//! `PATCH /v1/saved-filters/{id}`: another name or question.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters;
use tertulia_engine::views::SavedFilterView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedFilterChange {
    name: Option<String>,
    query: Option<Map<String, Value>>,
}

/// Changes a filter of yours.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    patch,
    path = "/v1/saved-filters/{id}",
    operation_id = "update_saved_filter",
    tag = "saved filters",
    params(("id" = SavedFilterId, Path)),
    request_body = SavedFilterChange,
    responses((status = 200, body = SavedFilterView)),
)]
pub(super) async fn update_saved_filter(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(filter): Path<SavedFilterId>,
    Body(body): Body<SavedFilterChange>,
) -> Result<Json<SavedFilterView>, Problem> {
    let command = saved_filters::Update { name: body.name, query: body.query };
    Ok(Json(saved_filters::update(&app.engine, &ctx, filter, command).await?))
}
