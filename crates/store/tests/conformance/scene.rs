//! A customer with a conversation in one account, and another account that must not notice.

use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::{Direction, Sender, SenderKind, Visibility};
use tertulia_domain::user::Role;
use tertulia_domain::{
    AccountId, ContactId, ConversationId, IdentityId, InboxId, MessageId, RoomId, UserId,
};
use tertulia_store::contacts::NewContact;
use tertulia_store::conversations::NewConversation;
use tertulia_store::messages::NewMessage;
use tertulia_store::{
    Error, Result, Scope, Store, WriteTx, contacts, conversations, identities, messages, rooms,
};

use super::inboxes::widget;
use super::people::person;
use super::{account, now};

#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    pub(super) ours: AccountId,
    pub(super) theirs: AccountId,
    pub(super) inbox: InboxId,
    pub(super) user: UserId,
    pub(super) contact: ContactId,
    pub(super) identity: IdentityId,
    pub(super) room: RoomId,
    pub(super) conversation: ConversationId,
}

/// What a message of a test differs in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) text: &'static str,
    pub(super) direction: Direction,
    pub(super) visibility: Visibility,
    pub(super) client_id: Option<&'static str>,
    pub(super) external_id: Option<&'static str>,
    pub(super) reply_to: Option<MessageId>,
    pub(super) delivery: Option<DeliveryStatus>,
}

impl Said {
    /// By the customer.
    pub(super) fn by_customer(text: &'static str) -> Self {
        Self {
            text,
            direction: Direction::In,
            visibility: Visibility::Public,
            client_id: None,
            external_id: None,
            reply_to: None,
            delivery: None,
        }
    }

    /// To the customer.
    pub(super) fn by_agent(text: &'static str, delivery: DeliveryStatus) -> Self {
        let direction = Direction::Out;
        Self { direction, delivery: Some(delivery), ..Self::by_customer(text) }
    }
}

impl Scene {
    pub(super) async fn set(store: &Store) -> Self {
        let (ours, theirs) = (account(store).await, account(store).await);
        let inbox = widget(store, ours, "wk_1").await.id;
        let user = person(store, ours, "ana@example.com", Role::Agent).await;
        run(store, move |tx| {
            let contact = contacts::insert(tx, ours, &named("Bea"), now())?.id;
            let identity = identities::insert(tx, ours, inbox, contact, "bea", false, now())?;
            let room = rooms::lock_of_contact(tx, ours, contact, now())?;
            let new = NewConversation {
                control: tertulia_domain::control::Control::FREE,
                room_id: room,
                contact_id: contact,
                inbox_id: inbox,
                channel: Channel::Widget,
                policy: ConversationPolicy::Contact,
                origin: None,
                now: now(),
            };
            let conversation = conversations::insert(tx, ours, &new)?.id;
            Ok(Self { ours, theirs, inbox, user, contact, identity, room, conversation })
        })
        .await
    }

    /// Writes the next message of the room.
    pub(super) fn say(self, tx: &mut WriteTx<'_>, said: Said) -> Result<MessageId> {
        let seq = rooms::next_seq(tx, self.ours, self.room)?;
        let kind = match said.direction {
            Direction::In => SenderKind::Customer,
            Direction::Out => SenderKind::Agent,
        };
        let sender = Sender { kind, id: Some(1), name: "Bea".to_owned() };
        let new = NewMessage {
            room_id: self.room,
            conversation_id: self.conversation,
            inbox_id: self.inbox,
            session_id: None,
            seq,
            direction: said.direction,
            visibility: said.visibility,
            sender: &sender,
            spans: &[],
            content: &Content::Text { text: said.text.to_owned() },
            text: said.text,
            reply_to: said.reply_to,
            client_id: said.client_id,
            external_id: said.external_id,
            attachment_count: 0,
            delivery: said.delivery,
            sent_at: None,
            at: now(),
        };
        messages::insert(tx, self.ours, &new)
    }
}

/// A contact of whom only the name is known.
pub(super) fn named(name: &str) -> NewContact {
    NewContact { name: name.to_owned(), ..NewContact::default() }
}

/// One transaction without the second wall (row-level security), so that only the statement's own
/// predicate keeps accounts apart.
pub(super) async fn run<T: Send + 'static>(
    store: &Store,
    body: impl Fn(&mut WriteTx<'_>) -> Result<T, Error> + Send + 'static,
) -> T {
    store.write(Scope::System, body).await.unwrap()
}

/// Whether a unique key refuses what the body writes.
pub(super) async fn is_duplicate(
    store: &Store,
    body: impl Fn(&mut WriteTx<'_>) -> Result<(), Error> + Send + 'static,
) -> bool {
    matches!(store.write(Scope::System, body).await, Err(Error::Duplicate { .. }))
}
