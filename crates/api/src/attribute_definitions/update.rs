//! `PATCH /v1/attribute-definitions/{id}`: everything but subject and key.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::attribute_definition::AttributeKind;
use tertulia_engine::attribute_definitions;
use tertulia_engine::views::AttributeDefinitionView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeDefinitionChange {
    name: Option<String>,
    description: Option<String>,
    kind: Option<AttributeKind>,
    choices: Option<Vec<String>>,
    /// `""` takes it away.
    pattern: Option<String>,
    /// `""` takes it away.
    cue: Option<String>,
}

/// Changes what an attribute means. Values that are there stay as they are.
///
/// Needs the permission `account:manage`.
#[utoipa::path(
    patch,
    path = "/v1/attribute-definitions/{id}",
    operation_id = "update_attribute_definition",
    tag = "attribute definitions",
    params(("id" = AttributeDefinitionId, Path)),
    request_body = AttributeDefinitionChange,
    responses((status = 200, body = AttributeDefinitionView)),
)]
pub(super) async fn update_attribute_definition(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(definition): Path<AttributeDefinitionId>,
    Body(body): Body<AttributeDefinitionChange>,
) -> Result<Json<AttributeDefinitionView>, Problem> {
    let command = attribute_definitions::Update {
        name: body.name,
        description: body.description,
        kind: body.kind,
        choices: body.choices,
        pattern: body.pattern,
        cue: body.cue,
    };
    Ok(Json(attribute_definitions::update(&app.engine, &ctx, definition, command).await?))
}
