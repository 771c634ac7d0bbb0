//! `POST /v1/contacts/{id}/unblock`: it may write again.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ContactId;
use tertulia_engine::contacts;
use tertulia_engine::views::ContactView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Lets a contact write again.
///
/// Needs the permission `contacts:write`.
#[utoipa::path(
    post,
    path = "/v1/contacts/{id}/unblock",
    operation_id = "unblock_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn unblock_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
) -> Result<Json<ContactView>, Problem> {
    Ok(Json(contacts::unblock(&app.engine, &ctx, contact).await?))
}
