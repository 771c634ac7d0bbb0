//! `GET conversations/{id}/attachments`: every file of the conversation, newest first.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::access::Permission;
use tertulia_engine::views::MessageView;
use tertulia_store::{Error as StoreError, Scope, conversations, messages};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::shapes::{Cast, Scene, attachment, message, secs};
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

/// Messages with files that are shown.
const MESSAGES_MAX: i64 = 100;

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let Some(of) = conversations::find(tx, account, viewer, id)? else { return Ok(None) };
        let found = messages::with_attachments(tx, account, (of.room_id, id), MESSAGES_MAX)?;
        let found: Vec<_> = found.iter().map(MessageView::from).collect();
        let scene = Scene { messages: &found, ..Scene::default() };
        Ok(Cast::read(tx, account, scene)?.map(|cast| (cast, found)))
    });
    let (cast, found) = read.await?.ok_or_else(Refusal::not_found)?;
    let cast = cast.at(&app);
    let payload: Vec<Value> = found.iter().flat_map(|message| files(&cast, message)).collect();
    Ok(Reply(json!({"meta": {"total_count": payload.len()}, "payload": payload})))
}

/// The files of a message, each with when it came and from whom.
fn files(cast: &Cast, of: &MessageView) -> Vec<Value> {
    let sender = message::rest(cast, of).get("sender").cloned().unwrap_or_default();
    let mut files = attachment::all(cast, of);
    for file in files.iter_mut().filter_map(Value::as_object_mut) {
        file.insert("created_at".to_owned(), secs(of.created_at).into());
        file.insert("sender".to_owned(), sender.clone());
    }
    files
}
