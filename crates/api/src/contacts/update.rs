//! `PATCH /v1/contacts/{id}`: what is known of a contact, corrected.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tertulia_domain::ContactId;
use tertulia_engine::contacts;
use tertulia_engine::views::ContactView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactChange {
    pub(super) name: Option<String>,
    /// `null` or an empty text clears it, as with `phone` and `locale`.
    #[serde(default, deserialize_with = "clearing")]
    pub(super) email: Option<String>,
    #[serde(default, deserialize_with = "clearing")]
    pub(super) phone: Option<String>,
    #[serde(default, deserialize_with = "clearing")]
    pub(super) locale: Option<String>,
    /// Merged into what is there; `null` removes an attribute.
    pub(super) attributes: Option<Map<String, Value>>,
}

/// A `null` that is there is an empty text; only what is absent stays.
fn clearing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| Some(text.unwrap_or_default()))
}

/// Corrects a contact.
///
/// Needs the permission `contacts:write`.
#[utoipa::path(
    patch,
    path = "/v1/contacts/{id}",
    operation_id = "update_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    request_body = ContactChange,
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn update_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
    Body(body): Body<ContactChange>,
) -> Result<Json<ContactView>, Problem> {
    let command = contacts::Update {
        name: body.name,
        email: body.email,
        phone: body.phone,
        locale: body.locale,
        attributes: body.attributes,
    };
    Ok(Json(contacts::update(&app.engine, &ctx, contact, command).await?))
}
