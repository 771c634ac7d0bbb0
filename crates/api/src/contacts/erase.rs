//! `POST /v1/contacts/{id}/erase`: the person goes for good.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::ContactId;
use tertulia_engine::contacts;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Erases a person: name and addresses at once, everything that was said within moments.
///
/// It cannot be undone. Empty messages stay in their places.
/// Needs the permission `contacts:manage`.
#[utoipa::path(
    post,
    path = "/v1/contacts/{id}/erase",
    operation_id = "erase_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 202, description = "Under way")),
)]
pub(super) async fn erase_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
) -> Result<StatusCode, Problem> {
    contacts::erase(&app.engine, &ctx, contact).await?;
    Ok(StatusCode::ACCEPTED)
}
