//! `POST contacts/{id}/destroy_custom_attributes`: takes attributes away.

use axum::extract::State;
use serde_json::{Map, Value, json};
use tertulia_engine::contacts::{self, Update};

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::shapes::contact::{ADDITIONAL, IDENTIFIER};
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn destroy(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let names = fields.texts("custom_attributes")?.unwrap_or_default();
    let custom = names.into_iter().filter(|name| name != IDENTIFIER && name != ADDITIONAL);
    let attributes: Map<String, Value> = custom.map(|name| (name, Value::Null)).collect();
    let command = Update { attributes: Some(attributes), ..Update::default() };
    contacts::update(&app.engine, &ctx, place.contact_id, command).await?;
    Ok(Reply(json!({"payload": shown::one(&app, &ctx, place.contact_id).await?})))
}
