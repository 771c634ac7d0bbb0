//! Everybody and everything that a list of conversations or messages names, read at once.
//!
//! However many there are, it is at most eleven statements: one each for the account, contacts,
//! identities, inboxes, people, numbers and names at the providers, what is around the conversations,
//! and two for their last messages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use tertulia_domain::account::Account;
use tertulia_domain::contact::{Contact, Identity};
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::message::SenderKind;
use tertulia_domain::user::{PresenceState, User};
use tertulia_domain::{AccountId, ContactId, ConversationId, InboxId, MessageId, UserId};
use tertulia_engine::views::{ConversationView, MessageView};
use tertulia_store::conversations::Around;
use tertulia_store::{
    ReadTx, Result, accounts, contacts, conversations, identities, inboxes, messages, users,
};

use crate::app::App;

/// What is to be shown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scene<'a> {
    pub(crate) conversations: &'a [ConversationView],
    pub(crate) messages: &'a [MessageView],
    /// Contacts to be shown with their addresses.
    pub(crate) contacts: &'a [ContactId],
}

/// What the shapes need besides the views themselves.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) account: Account,
    pub(crate) contacts: HashMap<ContactId, Contact>,
    pub(crate) identities: HashMap<ContactId, Vec<Identity>>,
    pub(crate) inboxes: HashMap<InboxId, Inbox>,
    pub(crate) users: HashMap<UserId, User>,
    pub(crate) around: HashMap<ConversationId, Around>,
    /// In order of their numbers.
    pub(crate) latest: HashMap<ConversationId, Vec<MessageView>>,
    pub(crate) external_ids: HashMap<MessageId, String>,
    /// What came back for messages with something to choose or to fill in, as far as it is in the scene.
    pub(crate) answers: HashMap<MessageId, BTreeMap<String, String>>,
    presence: HashMap<UserId, PresenceState>,
    public_url: String,
}

impl Cast {
    /// Reads everything that the scene names; `None` when there is no such account.
    pub(crate) fn read(
        tx: &mut ReadTx<'_>,
        account: AccountId,
        scene: Scene<'_>,
    ) -> Result<Option<Self>> {
        let Some(found) = accounts::get(tx, account)? else { return Ok(None) };
        let mut cast = Self::empty(found);
        let conversations: Vec<_> = scene.conversations.iter().map(|c| c.id).collect();
        for message in messages::latest(tx, account, &conversations)? {
            let view = MessageView::from(&message);
            cast.latest.entry(view.conversation_id).or_default().push(view);
        }
        let latest: Vec<MessageView> = cast.latest.values().flatten().cloned().collect();
        let all: Vec<&MessageView> = scene.messages.iter().chain(&latest).collect();
        let numbered = each(conversations.into_iter().chain(all.iter().map(|m| m.conversation_id)));
        let around = conversations::around(tx, account, &numbered)?;
        cast.around = around.into_iter().map(|around| (around.conversation_id, around)).collect();
        let shown = each(all.iter().map(|message| message.id));
        cast.external_ids = messages::external_ids(tx, account, &shown)?.into_iter().collect();
        cast.answers = all.iter().filter_map(|message| answer(message)).collect();
        cast.read_contacts(tx, scene, &all)?;
        cast.read_users(tx, scene, &all)?;
        cast.read_inboxes(tx, scene, &all)?;
        Ok(Some(cast))
    }

    /// With what only the running server knows: who is there, and where browsers reach it.
    #[must_use]
    pub(crate) fn at(mut self, app: &App) -> Self {
        let present = |id: &UserId| (*id, app.live.presence(self.account.id, *id));
        self.presence = self.users.keys().map(present).collect();
        self.located(app.public_url().as_str())
    }

    /// With where browsers reach the server.
    #[must_use]
    pub(crate) fn located(mut self, public_url: &str) -> Self {
        public_url.trim_end_matches('/').clone_into(&mut self.public_url);
        self
    }

    /// An address on this server. `path` begins with a slash.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    pub(crate) fn presence(&self, user: UserId) -> PresenceState {
        self.presence.get(&user).copied().unwrap_or(PresenceState::Offline)
    }

    fn empty(account: Account) -> Self {
        Self {
            account,
            contacts: HashMap::new(),
            identities: HashMap::new(),
            inboxes: HashMap::new(),
            users: HashMap::new(),
            around: HashMap::new(),
            latest: HashMap::new(),
            external_ids: HashMap::new(),
            answers: HashMap::new(),
            presence: HashMap::new(),
            public_url: String::new(),
        }
    }

    fn read_contacts(
        &mut self,
        tx: &mut ReadTx<'_>,
        scene: Scene<'_>,
        messages: &[&MessageView],
    ) -> Result<()> {
        let wrote = senders(messages, SenderKind::Customer).map(ContactId);
        let of_conversations = scene.conversations.iter().map(|c| c.contact.id);
        let named = each(wrote.chain(of_conversations).chain(scene.contacts.iter().copied()));
        let found = contacts::of_ids(tx, self.account.id, &named)?;
        self.contacts = found.into_iter().map(|contact| (contact.id, contact)).collect();
        for identity in identities::of_contacts(tx, self.account.id, scene.contacts)? {
            self.identities.entry(identity.contact_id).or_default().push(identity);
        }
        Ok(())
    }

    fn read_users(
        &mut self,
        tx: &mut ReadTx<'_>,
        scene: Scene<'_>,
        messages: &[&MessageView],
    ) -> Result<()> {
        let wrote = senders(messages, SenderKind::Agent).map(UserId);
        let assigned = scene.conversations.iter().filter_map(|c| c.assignee.as_ref().map(|a| a.id));
        let found = users::of_ids(tx, self.account.id, &each(wrote.chain(assigned)))?;
        self.users = found.into_iter().map(|user| (user.id, user)).collect();
        Ok(())
    }

    fn read_inboxes(
        &mut self,
        tx: &mut ReadTx<'_>,
        scene: Scene<'_>,
        messages: &[&MessageView],
    ) -> Result<()> {
        let of_messages = messages.iter().map(|message| message.inbox_id);
        let of_conversations = scene.conversations.iter().map(|c| c.inbox_id);
        let of_contacts = self.identities.values().flatten().map(|identity| identity.inbox_id);
        let named = each(of_messages.chain(of_conversations).chain(of_contacts));
        let found = inboxes::of_ids(tx, self.account.id, &named)?;
        self.inboxes = found.into_iter().map(|inbox| (inbox.id, inbox)).collect();
        Ok(())
    }
}

fn senders<'a>(messages: &'a [&MessageView], kind: SenderKind) -> impl Iterator<Item = i64> + 'a {
    messages.iter().filter(move |m| m.sender.kind == kind).filter_map(|m| m.sender.id)
}

/// What a message says of an earlier one that it answers.
fn answer(message: &MessageView) -> Option<(MessageId, BTreeMap<String, String>)> {
    match &message.content {
        Content::Reply { message_id, values, .. } => Some((MessageId(*message_id), values.clone())),
        _ => None,
    }
}

/// Each once.
fn each<T: Eq + Hash + Copy>(ids: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}
