//! A message and a conversation as their customer sees them: nothing of the team but names.

use serde_json::{Value, json};
use tertulia_domain::contact::Contact;
use tertulia_domain::message::SenderKind;
use tertulia_domain::{AccountId, ContactId};
use tertulia_engine::views::{ConversationView, MessageView};
use tertulia_store::conversations::{self, Filter, Page, Shown, Sort, Viewer};
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{ReadTx, Result};

use crate::compat::chatwoot::shapes::contact::IDENTIFIER;
use crate::compat::chatwoot::shapes::{
    Cast, Scene, attachment, content, conversation, iso, message, secs, secs_or_zero,
};

/// Conversations that are answered; a customer has few.
const CONVERSATIONS_MAX: i64 = 50;
/// Messages of a page, as in Chatwoot.
const MESSAGES_MAX: usize = 20;

/// A message. `echo_id` is the client's own name for it.
pub(super) fn message(cast: &Cast, message: &MessageView, echo_id: Option<&str>) -> Value {
    let mut shape = json!({
        "id": message.id,
        "content": content::text(message),
        "message_type": message::kind(message).number(),
        "content_type": content::kind(&message.content),
        "content_attributes": content::attributes(message),
        "created_at": secs(message.created_at),
        "conversation_id": cast.around.get(&message.conversation_id).map(|around| around.number),
        "attachments": attachment::all(cast, message),
    });
    let members = [
        ("sender", sender(cast, message)),
        ("echo_id", echo_id.or(message.client_id.as_deref()).map(Value::from)),
    ];
    if let Value::Object(shape) = &mut shape {
        for (name, value) in members {
            shape.extend(value.map(|value| (name.to_owned(), value)));
        }
    }
    shape
}

/// A conversation with some of its messages, and less of it than agents see.
pub(super) fn conversation(cast: &Cast, c: &ConversationView, messages: &[MessageView]) -> Value {
    let around = cast.around.get(&c.id);
    let shown: Vec<Value> = messages.iter().map(|m| message(cast, m, None)).collect();
    json!({
        "id": c.number,
        "uuid": conversation::uuid(cast, c),
        "inbox_id": c.inbox_id,
        "contact_last_seen_at": secs_or_zero(around.and_then(|a| a.contact_seen_at)),
        "status": c.status,
        "agent_last_seen_at": secs_or_zero(around.and_then(|a| a.agents_seen_at)),
        "messages": shown,
        "contact": cast.contacts.get(&c.contact.id).map(|c| record(cast.account.id, c)),
    })
}

/// A contact as it sees itself: what it told, and nothing of what the team keeps about it.
pub(super) fn record(account: AccountId, contact: &Contact) -> Value {
    json!({
        "id": contact.id,
        "account_id": account,
        "name": contact.name,
        "email": contact.email,
        "phone_number": contact.phone,
        "identifier": contact.attributes.get(IDENTIFIER).filter(|value| value.is_string()),
        "thumbnail": "",
        "blocked": contact.blocked_at.is_some(),
        "additional_attributes": {},
        "custom_attributes": {},
        "label_list": [],
        "contact_type": null,
        "country_code": null,
        "location": null,
        "company_id": null,
        "last_name": null,
        "middle_name": null,
        "last_activity_at": contact.last_seen_at.map(iso),
        "created_at": iso(contact.created_at),
        "updated_at": iso(contact.updated_at),
        "type": "contact",
    })
}

/// Who wrote, in the one form that the document has for all of them: the customer as it sees itself,
/// or somebody of the team by name.
fn sender(cast: &Cast, message: &MessageView) -> Option<Value> {
    let id = message.sender.id?;
    let kind = match message.sender.kind {
        SenderKind::Customer => "contact",
        SenderKind::Agent => "user",
        SenderKind::Bot | SenderKind::App => "agent_bot",
        SenderKind::System => return None,
    };
    let name = &message.sender.name;
    let mut shape = json!({
        "id": id,
        "name": name,
        "available_name": name,
        "avatar_url": "",
        "thumbnail": "",
        "description": null,
        "availability_status": null,
        "email": null,
        "phone_number": null,
        "identifier": null,
        "blocked": false,
        "additional_attributes": {},
        "custom_attributes": {},
        "created_at": null,
        "type": kind,
    });
    let contact = cast.contacts.get(&ContactId(id)).filter(|_| kind == "contact");
    let own = contact.map(|contact| record(cast.account.id, contact));
    if let (Value::Object(shape), Some(Value::Object(own))) = (&mut shape, own) {
        shape.extend(own);
    }
    Some(shape)
}

/// One page of what the customer sees of a conversation, with everybody it names.
pub(super) fn page(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: &ConversationView,
    span: Span,
) -> Result<Option<(Vec<MessageView>, Cast)>> {
    let log =
        Log { room: conversation.room_id, conversation: Some(conversation.id), public_only: true };
    let (found, _) = messages::page(tx, account, log, span, MESSAGES_MAX)?;
    let views: Vec<MessageView> = found.iter().map(MessageView::from).collect();
    let conversations = std::slice::from_ref(conversation);
    let scene = Scene { conversations, messages: &views, contacts: &[] };
    Ok(Cast::read(tx, account, scene)?.map(|cast| (views, cast)))
}

/// The conversations of a contact, last active first.
pub(super) fn of_contact(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contact: ContactId,
) -> Result<Vec<ConversationView>> {
    let filter = Filter { contact: Some(contact), ..Filter::default() };
    let page = Page { sort: Sort::Newest, after: None, limit: CONVERSATIONS_MAX };
    let found: Vec<Shown> = conversations::list(tx, account, Viewer::SYSTEM, &filter, page)?;
    Ok(found.iter().map(ConversationView::from).collect())
}
