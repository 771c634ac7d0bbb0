//! `POST /v1/saved-filters`: a question to a list, under a name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::saved_filters;
use tertulia_engine::views::SavedFilterView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A filter to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSavedFilter {
    subject: Subject,
    name: String,
    /// Belongs to the program that wrote it; at most 16,384 bytes of JSON.
    query: Map<String, Value>,
}

/// Keeps a filter for yourself. The server keeps the query and does not run it.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    post,
    path = "/v1/saved-filters",
    operation_id = "create_saved_filter",
    tag = "saved filters",
    request_body = NewSavedFilter,
    responses((status = 201, body = SavedFilterView)),
)]
pub(super) async fn create_saved_filter(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewSavedFilter>,
) -> Result<(StatusCode, Json<SavedFilterView>), Problem> {
    let command =
        saved_filters::Create { subject: body.subject, name: body.name, query: body.query };
    let view = saved_filters::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
