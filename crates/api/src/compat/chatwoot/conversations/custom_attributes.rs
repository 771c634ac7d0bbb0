//! `POST conversations/{id}/custom_attributes`: replaces all of them.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::access::Permission;
use tertulia_engine::conversations::set_attributes;
use tertulia_engine::views::ConversationView;
use tertulia_store::{Scope, conversations};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let mut attributes = fields.object("custom_attributes")?.unwrap_or_default();
    let id = place.find(&app, &ctx).await?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let before = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::find(tx, account, viewer, id))
        .await?
        .ok_or_else(Refusal::not_found)?;
    // Ours are merged, and null takes one away: what is not named any more is named as null.
    for name in before.attributes.keys() {
        attributes.entry(name.clone()).or_insert(Value::Null);
    }
    let view: ConversationView = set_attributes(&app.engine, &ctx, id, attributes).await?;
    Ok(Reply(json!({"custom_attributes": view.attributes})))
}
