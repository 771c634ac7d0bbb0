//! `POST /hooks/{hook_token}`: what a provider tells, answered after the commit.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use tertulia_engine::inbound::{self, Accepted, Answer};
use tertulia_live::Hub;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Path, RawBody};
use crate::problem::Problem;

/// What became of each event, in the order of the request.
#[derive(Serialize, ToSchema)]
pub(super) struct Received {
    events: Vec<Answer>,
}

/// Takes in events of your own channel. After a `2xx` they are stored.
///
/// Signed by the Standard Webhooks specification with the inbox's secret, or with that secret as a
/// bearer token. Repeating an event changes nothing.
#[utoipa::path(
    post,
    path = "/hooks/{hook_token}",
    operation_id = "receive_hook",
    tag = "hooks",
    params(("hook_token" = String, Path)),
    request_body(content = Object, content_type = "application/json"),
    responses((status = 200, body = Received)),
)]
pub(super) async fn receive_hook(
    State(app): State<App>,
    Path(hook_token): Path<String>,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Json<Received>, Problem> {
    body.require(&["application/json"])?;
    let accepted = inbound::accept(&app.engine, &hook_token, &headers, &body.bytes).await?;
    pass_on_typing(&app.live, &accepted);
    Ok(Json(Received { events: accepted.answers }))
}

fn pass_on_typing(live: &Hub, accepted: &Accepted) {
    for signal in &accepted.typing {
        live.customer_types(
            accepted.account_id,
            signal.conversation_id,
            signal.place,
            &signal.contact_name,
            signal.on,
        );
    }
}
