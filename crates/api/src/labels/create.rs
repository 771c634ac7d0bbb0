//! `POST /v1/labels`: a new label.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_engine::labels;
use tertulia_engine::views::LabelView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A label to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLabel {
    pub(super) name: String,
    /// As `#rrggbb`.
    pub(super) color: String,
    #[serde(default)]
    pub(super) description: String,
}

/// Makes a label.
///
/// Needs the permission `labels:manage`.
#[utoipa::path(
    post,
    path = "/v1/labels",
    operation_id = "create_label",
    tag = "labels",
    request_body = NewLabel,
    responses((status = 201, body = LabelView)),
)]
pub(super) async fn create_label(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewLabel>,
) -> Result<(StatusCode, Json<LabelView>), Problem> {
    let command =
        labels::Create { name: body.name, color: body.color, description: body.description };
    let view = labels::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
