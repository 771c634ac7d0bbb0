//! `PATCH /v1/labels/{id}`: another name, colour, or description.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::LabelId;
use tertulia_engine::labels;
use tertulia_engine::views::LabelView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelChange {
    pub(super) name: Option<String>,
    pub(super) color: Option<String>,
    pub(super) description: Option<String>,
}

/// Changes a label, everywhere it is used.
///
/// Needs the permission `labels:manage`.
#[utoipa::path(
    patch,
    path = "/v1/labels/{id}",
    operation_id = "update_label",
    tag = "labels",
    params(("id" = LabelId, Path)),
    request_body = LabelChange,
    responses((status = 200, body = LabelView)),
)]
pub(super) async fn update_label(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(label): Path<LabelId>,
    Body(body): Body<LabelChange>,
) -> Result<Json<LabelView>, Problem> {
    let command =
        labels::Update { name: body.name, color: body.color, description: body.description };
    Ok(Json(labels::update(&app.engine, &ctx, label, command).await?))
}
