//! `POST /v1/inboxes`: a new inbox.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::inbox::Channel;
use tertulia_engine::inboxes::{self, SettingsChange};
use tertulia_engine::views::InboxView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// An inbox to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInbox {
    pub(super) name: String,
    pub(super) channel: Channel,
    #[serde(default)]
    pub(super) settings: SettingsChange,
}

/// Makes an inbox, with random addresses and secrets, that nobody is a member of yet.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    post,
    path = "/v1/inboxes",
    operation_id = "create_inbox",
    tag = "inboxes",
    request_body = NewInbox,
    responses((status = 201, body = InboxView)),
)]
pub(super) async fn create_inbox(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewInbox>,
) -> Result<(StatusCode, Json<InboxView>), Problem> {
    let command =
        inboxes::Create { name: body.name, channel: body.channel, settings: body.settings };
    let view = inboxes::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
