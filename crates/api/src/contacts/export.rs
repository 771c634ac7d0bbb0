//! `GET /v1/contacts/{id}/export`: everything about one person.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ContactId;
use tertulia_engine::contacts::{self, ContactExport};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Everything that is kept about a person, as JSON. The journal says who asked for it.
///
/// Needs the permission `contacts:manage`.
#[utoipa::path(
    get,
    path = "/v1/contacts/{id}/export",
    operation_id = "export_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactExport)),
)]
pub(super) async fn export_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
) -> Result<Json<ContactExport>, Problem> {
    Ok(Json(contacts::export(&app.engine, &ctx, contact).await?))
}
