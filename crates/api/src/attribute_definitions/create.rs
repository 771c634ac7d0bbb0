//! `POST /v1/attribute-definitions`: what an attribute means.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::attribute_definition::{AttributeKind, Subject};
use tertulia_engine::attribute_definitions;
use tertulia_engine::views::AttributeDefinitionView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A definition to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAttributeDefinition {
    subject: Subject,
    /// The name that values are stored under: lower-case letters, digits, `_` and `-`.
    key: String,
    /// The name that people see.
    name: String,
    #[serde(default)]
    description: String,
    kind: AttributeKind,
    /// What a list offers.
    #[serde(default)]
    choices: Vec<String>,
    /// A regular expression for the program that asks for the value.
    pattern: Option<String>,
    /// What people are told when a value does not match.
    cue: Option<String>,
}

/// Says what an attribute means. It describes and does not forbid: values are not checked against it.
///
/// Needs the permission `account:manage`.
#[utoipa::path(
    post,
    path = "/v1/attribute-definitions",
    operation_id = "create_attribute_definition",
    tag = "attribute definitions",
    request_body = NewAttributeDefinition,
    responses((status = 201, body = AttributeDefinitionView)),
)]
pub(super) async fn create_attribute_definition(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewAttributeDefinition>,
) -> Result<(StatusCode, Json<AttributeDefinitionView>), Problem> {
    let command = attribute_definitions::Create {
        subject: body.subject,
        key: body.key,
        name: body.name,
        description: body.description,
        kind: body.kind,
        choices: body.choices,
        pattern: body.pattern,
        cue: body.cue,
    };
    let view = attribute_definitions::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
