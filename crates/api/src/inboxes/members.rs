//! `PUT /v1/inboxes/{id}/members`: who serves the inbox.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{InboxId, UserId};
use tertulia_engine::inboxes;
use tertulia_engine::views::InboxView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// All members of the inbox.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InboxMembers {
    pub(super) user_ids: Vec<UserId>,
}

/// Says who serves the inbox; who no longer does loses sight of it at once.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    put,
    path = "/v1/inboxes/{id}/members",
    operation_id = "set_inbox_members",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    request_body = InboxMembers,
    responses((status = 200, body = InboxView)),
)]
pub(super) async fn set_inbox_members(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
    Body(body): Body<InboxMembers>,
) -> Result<Json<InboxView>, Problem> {
    Ok(Json(inboxes::set_members(&app.engine, &ctx, inbox, body.user_ids).await?))
}
