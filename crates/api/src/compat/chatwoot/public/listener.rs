//! A customer at `/cable`: its own messages and conversation, and nothing of the team but names.

use serde_json::{Value, json};
use tertulia_domain::event::EventKind;
use tertulia_domain::message::Visibility;
use tertulia_domain::status::Status;
use tertulia_domain::{AccountId, ContactId, ConversationId, MessageId};
use tertulia_engine::views::{ConversationView, EventView, MessageView};
use tertulia_live::Typist;
use tertulia_store::conversations::{Viewer, shown_one};
use tertulia_store::{Result, Scope, messages};

use super::shape;
use crate::app::App;
use crate::compat::chatwoot::cable::{line, typing_name};
use crate::compat::chatwoot::shapes::{Cast, Scene};

/// What a customer's socket has to remember.
pub(in crate::compat::chatwoot) struct Listener {
    account: AccountId,
    contact: ContactId,
    /// As it was last told, to tell when it is another one.
    status: Option<(ConversationId, Status)>,
}

/// What an event is about, read for a customer.
struct Seen {
    message: Option<MessageView>,
    conversation: ConversationView,
    cast: Cast,
}

impl Listener {
    pub(in crate::compat::chatwoot) fn new(account: AccountId, contact: ContactId) -> Self {
        Self { account, contact, status: None }
    }

    /// The lines that an event makes.
    pub(in crate::compat::chatwoot) async fn event(
        &mut self,
        app: &App,
        event: EventView,
    ) -> Result<Vec<String>> {
        let Some(conversation) = event.conversation_id else { return Ok(Vec::new()) };
        let message = event.data.pointer("/message/id").and_then(Value::as_i64).map(MessageId);
        let Some(seen) = self.see(app, conversation, message).await? else {
            return Ok(Vec::new());
        };
        let lines = match event.kind {
            EventKind::MessageCreated => seen.message("message.created"),
            EventKind::MessageUpdated => seen.message("message.updated"),
            EventKind::ConversationCreated => seen.conversation(&["conversation.created"]),
            EventKind::ConversationUpdated => {
                let now = Some((conversation, seen.conversation.status));
                let is_news = std::mem::replace(&mut self.status, now) != now;
                let names = ["conversation.updated", "conversation.status_changed"];
                seen.conversation(names.get(..=usize::from(is_news)).unwrap_or_default())
            }
            // Chatwoot tells customers of nothing else.
            _ => Vec::new(),
        };
        Ok(lines.into_iter().map(|(name, data)| line(self.account, name, data, None)).collect())
    }

    /// Somebody of the team types.
    pub(in crate::compat::chatwoot) async fn typing(
        &self,
        app: &App,
        conversation: ConversationId,
        who: &Typist,
        on: bool,
    ) -> Result<Vec<String>> {
        let Typist::Agent { name, .. } = who else { return Ok(Vec::new()) };
        let Some(seen) = self.see(app, conversation, None).await? else { return Ok(Vec::new()) };
        let user = json!({"name": name, "available_name": name, "avatar_url": "", "type": "user"});
        let place = shape::conversation(&seen.cast, &seen.conversation, &[]);
        let data = json!({"conversation": place, "user": user, "is_private": false});
        Ok(vec![line(self.account, typing_name(on), data, None)])
    }

    /// Reads what the customer may see of it.
    async fn see(
        &self,
        app: &App,
        conversation: ConversationId,
        message: Option<MessageId>,
    ) -> Result<Option<Seen>> {
        let (account, contact) = (self.account, self.contact);
        let read = app.engine.store.read(Scope::Account(account), move |tx| {
            let shown = shown_one(tx, account, Viewer::SYSTEM, conversation)?;
            let view = shown.as_ref().map(ConversationView::from);
            let Some(conversation) = view.filter(|view| view.contact.id == contact) else {
                return Ok(None);
            };
            let found = match message {
                Some(id) => messages::find(tx, account, id)?,
                None => None,
            };
            let found = found.filter(|message| message.visibility == Visibility::Public);
            let message = found.as_ref().map(MessageView::from);
            let scene = Scene {
                conversations: std::slice::from_ref(&conversation),
                messages: message.as_slice(),
                contacts: &[],
            };
            let cast = Cast::read(tx, account, scene)?;
            Ok::<_, tertulia_store::Error>(cast.map(|cast| Seen { message, conversation, cast }))
        });
        Ok(read.await?.map(|seen| Seen { cast: seen.cast.at(app), ..seen }))
    }
}

impl Seen {
    fn message(&self, name: &'static str) -> Vec<(&'static str, Value)> {
        let shape = |message| {
            let mut shape = shape::message(&self.cast, message, None);
            let place = shape::conversation(&self.cast, &self.conversation, &[]);
            if let Value::Object(shape) = &mut shape {
                shape.insert("conversation".to_owned(), place);
                shape.insert("inbox_id".to_owned(), message.inbox_id.0.into());
                shape.insert("private".to_owned(), false.into());
            }
            shape
        };
        self.message.as_ref().map(|message| (name, shape(message))).into_iter().collect()
    }

    fn conversation(&self, names: &[&'static str]) -> Vec<(&'static str, Value)> {
        let shape = shape::conversation(&self.cast, &self.conversation, &[]);
        names.iter().map(|name| (*name, shape.clone())).collect()
    }
}
