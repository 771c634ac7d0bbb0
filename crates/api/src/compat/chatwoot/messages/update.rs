//! `PATCH conversations/{id}/messages/{id}`: what became of a message, said by the program behind an
//! inbox of one's own channel.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::access::Permission;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_engine::Error;
use tertulia_engine::messages::{Report, report};

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let fields = fields.of("message");
    let status = match fields.required("status")?.as_str() {
        "sent" => DeliveryStatus::Sent,
        "delivered" => DeliveryStatus::Delivered,
        "read" => DeliveryStatus::Read,
        "failed" => DeliveryStatus::Rejected,
        _ => return Err(Refusal::wrong("status", "must be sent, delivered, read or failed")),
    };
    let (conversation, message) = place.find(&app, &ctx).await?;
    let detail = fields.filled("external_error")?;
    let command = Report { conversation, message: message.id, status, detail };
    let view = report(&app.engine, &ctx, command).await.map_err(|error| match error {
        Error::Forbidden { permission } if !permission.contains(':') => {
            let sentence = "Message status update is only allowed for API inboxes";
            Refusal::error(StatusCode::FORBIDDEN, sentence)
        }
        other => other.into(),
    })?;
    Ok(Reply(shown(&app, &ctx, view).await?))
}
