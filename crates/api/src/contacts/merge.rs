//! `POST /v1/contacts/{id}/merge`: two contacts turn out to be one person.

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

/// The contact that stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeInto {
    pub(super) into: ContactId,
}

/// Merges this contact into another one; where both say something, the other wins.
///
/// Addresses and conversations move. What this contact's owner writes next belongs to the other one,
/// and through the widget it then reads the other one's history: be sure that it is one person.
/// Needs the permission `contacts:manage`.
#[utoipa::path(
    post,
    path = "/v1/contacts/{id}/merge",
    operation_id = "merge_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    request_body = MergeInto,
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn merge_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
    Body(body): Body<MergeInto>,
) -> Result<Json<ContactView>, Problem> {
    Ok(Json(contacts::merge(&app.engine, &ctx, contact, body.into).await?))
}
