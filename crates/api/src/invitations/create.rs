//! `POST /v1/invitations`: invites a person.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::user::Role;
use tertulia_engine::invitations;
use tertulia_engine::views::InvitationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// Whom to invite as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInvitation {
    pub(super) email: String,
    pub(super) role: Role,
}

/// Invites a person, and answers the link to send to them this once. It is good for 72 hours and one use.
///
/// Needs the permission `users:manage`.
#[utoipa::path(
    post,
    path = "/v1/invitations",
    operation_id = "create_invitation",
    tag = "invitations",
    request_body = NewInvitation,
    responses((status = 201, body = InvitationView)),
)]
pub(super) async fn create_invitation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewInvitation>,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    let command = invitations::Create { email: body.email, role: body.role };
    let view = invitations::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
