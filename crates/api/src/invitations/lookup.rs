//! `GET /v1/invitations/lookup`: what an invitation offers.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_engine::invitations;
use tertulia_engine::views::InvitationOfferView;

use crate::app::App;
use crate::extract::{Client, Query};
use crate::problem::Problem;

/// The link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    token: String,
}

/// What the invitation behind a link offers. Needs no sign-in; the token is the proof.
#[utoipa::path(
    get,
    path = "/v1/invitations/lookup",
    operation_id = "lookup_invitation",
    tag = "invitations",
    params(("token" = String, Query, description = "The link's token")),
    responses((status = 200, body = InvitationOfferView)),
)]
pub(super) async fn lookup_invitation(
    State(app): State<App>,
    client: Client,
    Query(query): Query<Link>,
) -> Result<Json<InvitationOfferView>, Problem> {
    let ip = client.ip.to_string();
    Ok(Json(invitations::lookup(&app.engine, &ip, &query.token).await?))
}
