//! `PATCH /v1/inboxes/{id}`: how the inbox behaves.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes::{self, SettingsChange};
use tertulia_engine::views::InboxView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays, also within `settings`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InboxChange {
    pub(super) name: Option<String>,
    pub(super) enabled: Option<bool>,
    pub(super) greeting: Option<String>,
    pub(super) reopen_window_secs: Option<i64>,
    pub(super) settings: Option<SettingsChange>,
}

/// Changes an inbox.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    patch,
    path = "/v1/inboxes/{id}",
    operation_id = "update_inbox",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    request_body = InboxChange,
    responses((status = 200, body = InboxView)),
)]
pub(super) async fn update_inbox(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
    Body(body): Body<InboxChange>,
) -> Result<Json<InboxView>, Problem> {
    let command = inboxes::Update {
        name: body.name,
        enabled: body.enabled,
        greeting: body.greeting,
        reopen_window_secs: body.reopen_window_secs,
        settings: body.settings,
    };
    Ok(Json(inboxes::update(&app.engine, &ctx, inbox, command).await?))
}
