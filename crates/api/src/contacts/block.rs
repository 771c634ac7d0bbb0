//! `POST /v1/contacts/{id}/block`: what it writes is refused.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ContactId;
use tertulia_engine::contacts;
use tertulia_engine::views::ContactView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Blocks a contact: what it writes from now on is refused.
///
/// Needs the permission `contacts:write`.
#[utoipa::path(
    post,
    path = "/v1/contacts/{id}/block",
    operation_id = "block_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn block_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
) -> Result<Json<ContactView>, Problem> {
    Ok(Json(contacts::block(&app.engine, &ctx, contact).await?))
}
