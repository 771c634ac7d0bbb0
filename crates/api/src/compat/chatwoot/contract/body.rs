//! The payload of each of Chatwoot's events, field by field as its receivers know them.

use serde_json::{Value, json};
use tertulia_domain::content::Content;
use tertulia_domain::inbox::{Channel, Inbox};
use tertulia_domain::{AccountId, ContactId, ConversationId, InboxId, MessageId};
use tertulia_engine::views::{ConversationView, MessageView};
use tertulia_store::conversations::{Shown, Viewer};
use tertulia_store::events::Event;
use tertulia_store::{ReadTx, Result, conversations, identities, inboxes, messages};

use super::super::shapes::{Cast, Scene, contact, conversation, inbox, iso, message};
use super::changed::changed_attributes;
use super::names::{self, Name};

/// The payload; `None` when what it is about has gone, or when there is nothing to tell after all.
pub(super) fn body(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    event: &Event,
    name: Name,
    public_url: &str,
) -> Result<Option<Value>> {
    let mut stage = Stage { tx, account, public_url };
    let shape = match name {
        Name::MessageCreated | Name::MessageUpdated => stage.message(event, name)?,
        Name::ConversationCreated => stage.conversation(event)?,
        Name::ConversationOpened
        | Name::ConversationResolved
        | Name::ConversationStatusChanged
        | Name::ConversationUpdated => {
            let changed = changed(event);
            stage.conversation(event)?.map(|shape| with(shape, "changed_attributes", changed))
        }
        Name::WebwidgetTriggered => stage.opened(event)?,
        Name::ContactCreated | Name::ContactUpdated => stage.contact(event)?,
        Name::InboxCreated | Name::InboxUpdated => stage.inbox(event)?,
    };
    Ok(shape.map(|shape| with(shape, "event", name.as_str().into())))
}

fn with(mut shape: Value, name: &str, value: Value) -> Value {
    if let Value::Object(shape) = &mut shape {
        shape.insert(name.to_owned(), value);
    }
    shape
}

fn changed(event: &Event) -> Value {
    let data: Value = event.data.read().unwrap_or_default();
    changed_attributes(data.get("changed").and_then(Value::as_object)).into()
}

/// Where payloads are put together.
struct Stage<'a, 'tx> {
    tx: &'a mut ReadTx<'tx>,
    account: AccountId,
    public_url: &'a str,
}

impl Stage<'_, '_> {
    fn message(&mut self, event: &Event, name: Name) -> Result<Option<Value>> {
        let Some(new) = names::message(event) else { return Ok(None) };
        let (told, is_answered) = match (&new.content, name) {
            (Content::Reply { message_id, .. }, _) => {
                (self.reply(&new, MessageId(*message_id), name)?, true)
            }
            _ => (Some(new.clone()), false),
        };
        let of = self.shown(new.conversation_id)?;
        let Some((told, of)) = told.zip(of) else { return Ok(None) };
        // A reply is in the scene beside the message that it answers: that is where the answer is.
        let scene = [told.clone(), new];
        let Some(mut cast) = self.cast(std::slice::from_ref(&of), &scene, &[])? else {
            return Ok(None);
        };
        if !is_answered {
            // The answer has an event of its own: a bot would act twice on what is told twice.
            cast.answers.remove(&told.id);
        }
        Ok(Some(message::webhook(&cast, &told, &of)))
    }

    /// What is told of a tap or a filled form: the message that asked, or the reply itself, by channel.
    fn reply(
        &mut self,
        reply: &MessageView,
        asked: MessageId,
        name: Name,
    ) -> Result<Option<MessageView>> {
        let inbox = inboxes::get(self.tx, self.account, reply.inbox_id)?;
        let in_place = inbox.is_some_and(|inbox| answers_in_place(&inbox));
        match (in_place, name) {
            (true, Name::MessageUpdated) => {
                let asked = messages::find(self.tx, self.account, asked)?;
                Ok(asked.as_ref().map(MessageView::from))
            }
            (false, Name::MessageCreated) => Ok(Some(reply.clone())),
            _ => Ok(None),
        }
    }

    /// The conversation as it was when it happened.
    fn conversation(&mut self, event: &Event) -> Result<Option<Value>> {
        let mut data: Value = event.data.read().unwrap_or_default();
        let view = data.get_mut("conversation").map(Value::take).unwrap_or_default();
        let Ok(view) = serde_json::from_value::<ConversationView>(view) else { return Ok(None) };
        let cast = self.cast(std::slice::from_ref(&view), &[], &[])?;
        Ok(cast.map(|cast| conversation::push(&cast, &view)))
    }

    fn opened(&mut self, event: &Event) -> Result<Option<Value>> {
        let data: Value = event.data.read().unwrap_or_default();
        let id = |name: &str| data.get(name).and_then(Value::as_i64);
        let Some(contact) = id("contact_id").map(ContactId) else { return Ok(None) };
        let Some(inbox) = id("inbox_id").map(InboxId) else { return Ok(None) };
        let identity = identities::of_contact(self.tx, self.account, contact, inbox)?;
        let found = conversations::open_of_contact(self.tx, self.account, contact)?;
        let current = match found.first() {
            Some(open) => self.shown(open.id)?,
            None => None,
        };
        let shown: Vec<ConversationView> = current.into_iter().collect();
        let Some(cast) = self.cast(&shown, &[], &[contact])? else { return Ok(None) };
        let Some(who) = cast.contacts.get(&contact) else { return Ok(None) };
        let page = data.pointer("/page/url").cloned().unwrap_or_default();
        let address = cast.identities.get(&contact).and_then(|all| {
            all.iter().find(|identity| identity.inbox_id == inbox).map(|i| i.address.clone())
        });
        let Some(installed) = inboxes::get(self.tx, self.account, inbox)? else { return Ok(None) };
        Ok(Some(json!({
            "id": identity.map(|known| known.identity_id),
            "contact": contact::webhook(&cast, who),
            "inbox": { "id": installed.id, "name": installed.name },
            "account": super::super::shapes::account::brief(&cast),
            "current_conversation": shown.first().map(|c| conversation::push(&cast, c)),
            "source_id": address,
            "event_info": {
                "initiated_at": { "timestamp": iso(event.at) },
                "referer": page,
            },
        })))
    }

    fn contact(&mut self, event: &Event) -> Result<Option<Value>> {
        let data: Value = event.data.read().unwrap_or_default();
        let id = data.pointer("/contact/id").and_then(Value::as_i64).map(ContactId);
        let Some(id) = id else { return Ok(None) };
        let Some(cast) = self.cast(&[], &[], &[id])? else { return Ok(None) };
        Ok(cast.contacts.get(&id).map(|found| contact::webhook(&cast, found)))
    }

    fn inbox(&mut self, event: &Event) -> Result<Option<Value>> {
        let Some(id) = event.inbox_id else { return Ok(None) };
        let found = inboxes::get(self.tx, self.account, id)?;
        Ok(found.map(|found| inbox::slim(&found)))
    }

    fn shown(&mut self, id: ConversationId) -> Result<Option<ConversationView>> {
        let shown: Option<Shown> =
            conversations::shown_one(self.tx, self.account, Viewer::SYSTEM, id)?;
        Ok(shown.as_ref().map(ConversationView::from))
    }

    fn cast(
        &mut self,
        conversations: &[ConversationView],
        messages: &[MessageView],
        contacts: &[ContactId],
    ) -> Result<Option<Cast>> {
        let scene = Scene { conversations, messages, contacts };
        let cast = Cast::read(self.tx, self.account, scene)?;
        Ok(cast.map(|cast| cast.located(self.public_url)))
    }
}

/// Whether the customer answers inside of the message that asks, as in our widget and in clients of the
/// public API.
fn answers_in_place(inbox: &Inbox) -> bool {
    match inbox.channel {
        Channel::Widget | Channel::Api => true,
        // A tap under a message of a bot is told as a message of the customer's own.
        Channel::Telegram => false,
    }
}
