//! `POST /widget/v1/typing`: agents see that the visitor writes; nothing is stored.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_store::sockets::Place;
use utoipa::ToSchema;

use super::guest::Guest;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// Whether the visitor types.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Typing {
    on: bool,
}

/// Show that one types. It lasts five seconds; say it again while it goes on.
#[utoipa::path(
    post,
    path = "/widget/v1/typing",
    operation_id = "show_widget_typing",
    tag = "widget",
    request_body = Typing,
    responses((status = 204, description = "Shown")),
)]
pub(super) async fn show_widget_typing(
    guest: Guest,
    State(app): State<App>,
    Body(body): Body<Typing>,
) -> Result<StatusCode, Problem> {
    if guest.visitor.is_blocked {
        return Ok(StatusCode::NO_CONTENT);
    }
    if let Some(conversation) = guest.conversation(&app).await? {
        let place = Place {
            room_id: conversation.room_id,
            inbox_id: conversation.inbox_id,
            contact_id: conversation.contact_id,
        };
        let (account, name) = (guest.ctx().account_id, &guest.visitor.view.name);
        app.live.customer_types(account, conversation.id, place, name, body.on);
    }
    Ok(StatusCode::NO_CONTENT)
}
