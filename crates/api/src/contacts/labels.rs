//! `PUT /v1/contacts/{id}/labels`: the labels of a contact.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ContactId;
use tertulia_engine::contacts;
use tertulia_engine::views::ContactView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// All labels that the contact is to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactLabels {
    pub(super) labels: Vec<String>,
}

/// Replaces the labels of a contact.
///
/// Needs the permission `contacts:write`.
#[utoipa::path(
    put,
    path = "/v1/contacts/{id}/labels",
    operation_id = "set_contact_labels",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    request_body = ContactLabels,
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn set_labels(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
    Body(body): Body<ContactLabels>,
) -> Result<Json<ContactView>, Problem> {
    Ok(Json(contacts::set_labels(&app.engine, &ctx, contact, body.labels).await?))
}
