//! `GET|POST conversations/{id}/labels`: by their names; a new list replaces the old one.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_engine::conversations::set_labels;
use tertulia_store::{Scope, conversations};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    let account = ctx.account_id;
    let names = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::labels_of(tx, account, id))
        .await?;
    Ok(Reply(json!({"payload": names})))
}

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let names = fields.texts("labels")?.unwrap_or_default();
    let id = place.find(&app, &ctx).await?;
    let view = set_labels(&app.engine, &ctx, id, names).await?;
    Ok(Reply(json!({"payload": view.labels})))
}
