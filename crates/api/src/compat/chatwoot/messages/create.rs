//! `POST conversations/{id}/messages`: to the customer, to colleagues, or from the customer.

use axum::extract::State;
use serde_json::Value;
use tertulia_domain::access::Permission;

use super::{Draft, shown, write};
use crate::app::App;
use crate::compat::chatwoot::conversations::Place;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let mut fields = fields.of("message");
    let id = place.find(&app, &ctx).await?;
    let draft = Draft::read(&mut fields)?;
    let echo_id = fields.value("echo_id").cloned();
    let view = write(&app, &ctx, id, draft).await?;
    let mut shape = shown(&app, &ctx, view).await?;
    if let (Value::Object(shape), Some(echo_id)) = (&mut shape, echo_id) {
        shape.insert("echo_id".to_owned(), echo_id);
    }
    Ok(Reply(shape))
}
