//! `POST /v1/invitations/accept`: joins the account.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tertulia_engine::invitations;
use tertulia_engine::views::MeView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Body, Client};
use crate::problem::Problem;
use crate::session::{browser, signed_in};

/// What the invited person enters.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationAcceptance {
    pub(super) token: String,
    /// May be empty for somebody who is here already.
    #[serde(default)]
    pub(super) name: String,
    pub(super) password: String,
    pub(super) code: Option<String>,
}

/// Joins the account and signs in.
///
/// A new person gives a name and chooses a password.
/// Somebody who works for another account here proves it with the present password and, where there is a second factor, its code.
#[utoipa::path(
    post,
    path = "/v1/invitations/accept",
    operation_id = "accept_invitation",
    tag = "invitations",
    request_body = InvitationAcceptance,
    responses((status = 201, body = MeView)),
)]
pub(super) async fn accept_invitation(
    State(app): State<App>,
    client: Client,
    Body(body): Body<InvitationAcceptance>,
) -> Result<Response, Problem> {
    let command = invitations::Accept {
        token: body.token,
        name: body.name,
        password: body.password,
        code: body.code,
    };
    let opened = invitations::accept(&app.engine, browser(client), command).await?;
    signed_in(&app, opened)
}
