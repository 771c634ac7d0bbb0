//! Messages of a conversation.

mod create;
mod delete;
mod list;
mod retry;
mod sending;
mod update;

use serde::Deserialize;
use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::Ctx;
use tertulia_engine::views::MessageView;
use tertulia_store::{Error as StoreError, Scope, conversations, messages};

use super::shapes::{Cast, Scene, message};
use super::{Refusal, Routes};
use crate::app::App;

const ALL: &str = "/conversations/{conversation_id}/messages";
const ONE: &str = "/conversations/{conversation_id}/messages/{message_id}";

pub(super) use sending::{Draft, write};

pub(super) fn routes() -> Routes {
    Routes::new().get(ALL, list::list).post(ALL, create::create).under(
        ONE,
        Routes::new()
            .patch("/", update::update)
            .delete("/", delete::delete)
            .post("/retry", retry::retry)
            .absent(axum::http::Method::POST, "/translate", "There is no translation here"),
    )
}

/// Which message a path names.
#[derive(Deserialize)]
struct Place {
    conversation_id: i64,
    message_id: i64,
}

impl Place {
    /// Our ids of the conversation and the message, if the principal may see them.
    async fn find(&self, app: &App, ctx: &Ctx) -> Result<(ConversationId, MessageView), Refusal> {
        ctx.require(Permission::ConversationsRead)?;
        let (account, viewer, number) = (ctx.account_id, ctx.viewer(), self.conversation_id);
        let message = MessageId(self.message_id);
        let found = app
            .engine
            .store
            .read::<_, StoreError, _>(Scope::Account(account), move |tx| {
                let conversation = conversations::by_number(tx, account, viewer, number)?;
                Ok(conversation.zip(messages::find(tx, account, message)?))
            })
            .await?;
        let mine = found.filter(|(conversation, message)| message.conversation_id == *conversation);
        let (conversation, message) = mine.ok_or_else(Refusal::not_found)?;
        Ok((conversation, MessageView::from(&message)))
    }
}

/// A message as REST shows it.
pub(super) async fn shown(app: &App, ctx: &Ctx, view: MessageView) -> Result<Value, Refusal> {
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let messages = std::slice::from_ref(&view);
        let cast = Cast::read(tx, account, Scene { messages, ..Scene::default() })?;
        Ok(cast.zip(Some(view.clone())))
    });
    let (cast, view) = read.await?.ok_or_else(Refusal::not_found)?;
    Ok(message::rest(&cast.at(app), &view))
}
