//! `POST /v1/contacts`: a contact that somebody enters.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_engine::contacts;
use tertulia_engine::views::ContactView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A contact to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewContact {
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) locale: Option<String>,
    #[serde(default)]
    pub(super) attributes: Map<String, Value>,
    /// Names of labels of the account.
    #[serde(default)]
    pub(super) labels: Vec<String>,
}

/// Makes a contact without an address on any inbox.
///
/// Needs the permission `contacts:write`.
#[utoipa::path(
    post,
    path = "/v1/contacts",
    operation_id = "create_contact",
    tag = "contacts",
    request_body = NewContact,
    responses((status = 201, body = ContactView)),
)]
pub(super) async fn create_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewContact>,
) -> Result<(StatusCode, Json<ContactView>), Problem> {
    let command = contacts::Create {
        name: body.name,
        email: body.email,
        phone: body.phone,
        locale: body.locale,
        attributes: body.attributes,
        labels: body.labels,
    };
    Ok((StatusCode::CREATED, Json(contacts::create(&app.engine, &ctx, command).await?)))
}
