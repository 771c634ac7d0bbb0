//! `DELETE /v1/invitations/{id}`: takes an invitation back.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::InvitationId;
use tertulia_engine::invitations;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Takes an invitation back; its link stops working.
///
/// Needs the permission `users:manage`.
#[utoipa::path(
    delete,
    path = "/v1/invitations/{id}",
    operation_id = "delete_invitation",
    tag = "invitations",
    params(("id" = InvitationId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_invitation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(invitation): Path<InvitationId>,
) -> Result<StatusCode, Problem> {
    invitations::revoke(&app.engine, &ctx, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}
