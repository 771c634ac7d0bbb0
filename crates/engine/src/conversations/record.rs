//! What every change of a conversation shares: lock and load it, write it back, tell about it.

use std::collections::BTreeMap;

use serde_json::{Map, json};
use tertulia_domain::content::{ActivityAction, Content};
use tertulia_domain::conversation::Conversation;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::Visibility;
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_store::conversations::{self, Viewer};
use tertulia_store::rooms;

use crate::messages::{Entry, append};
use crate::views::ConversationView;
use crate::{Access, Change, Error, Fact, Result};

impl Change<'_, '_> {
    /// The conversation, locked until the commit, if the principal may see it.
    pub(crate) fn conversation(&mut self, id: ConversationId) -> Result<Conversation> {
        let account = self.ctx.account_id;
        rooms::lock_of_conversation(self.tx, account, id)?;
        let viewer = match self.ctx.access {
            Access::Visitor { .. } | Access::Channel { .. } => Viewer::SYSTEM,
            Access::System | Access::User { .. } | Access::Token { .. } | Access::App { .. } => {
                self.ctx.viewer()
            }
        };
        let found = conversations::find(self.tx, account, viewer, id)?;
        let found = found.filter(|c| self.is_own(c)).ok_or(Error::NotFound("conversation"))?;
        self.remember(&found);
        Ok(found)
    }

    /// A visitor sees only its own conversations.
    fn is_own(&self, conversation: &Conversation) -> bool {
        match self.ctx.access {
            Access::Visitor { contact, .. } => conversation.contact_id == contact,
            Access::System
            | Access::User { .. }
            | Access::Token { .. }
            | Access::App { .. }
            | Access::Channel { .. } => true,
        }
    }

    /// Writes the conversation back and tells everybody what it is like now.
    pub(crate) fn changed(&mut self, conversation: &mut Conversation) -> Result<ConversationView> {
        self.save(conversation)?;
        self.tell(EventKind::ConversationUpdated, conversation.id)
    }

    /// Writes the conversation back without an event of its own: a message tells enough.
    pub(crate) fn save(&mut self, conversation: &mut Conversation) -> Result<()> {
        conversation.updated_at = self.now;
        Ok(conversations::save(self.tx, self.ctx.account_id, conversation)?)
    }

    /// Writes back what a message moved, and nothing else: the cheap [`Change::save`] of the message
    /// path. `waited` is `waiting_since` as it was before the message.
    pub(crate) fn advance(
        &mut self,
        conversation: &mut Conversation,
        waited: Option<Timestamp>,
    ) -> Result<()> {
        conversation.updated_at = self.now;
        Ok(conversations::advance(self.tx, self.ctx.account_id, conversation, waited)?)
    }

    /// Records the conversation as it is now; answers it as the principal sees it.
    pub(crate) fn tell(&mut self, kind: EventKind, id: ConversationId) -> Result<ConversationView> {
        let account = self.ctx.account_id;
        let user = self.ctx.user();
        let viewer = Viewer { user, app: None, all_inboxes: true };
        let shown = conversations::shown_one(self.tx, account, viewer, id)?
            .ok_or(Error::NotFound("conversation"))?;
        let view = ConversationView::from(&shown);
        // Everybody reads the same event, so nobody's watermark is in it.
        let public = ConversationView { unread_count: 0, ..view.clone() };
        let changed = match kind {
            // What is new has not changed.
            EventKind::ConversationCreated => Map::new(),
            _ => self.compare(&shown.conversation),
        };
        let data = if changed.is_empty() {
            json!({ "conversation": public })
        } else {
            json!({ "conversation": public, "changed": changed })
        };
        let fact = Fact::new(kind, data).for_everyone();
        self.record(&fact.at(view.room_id, view.id, view.inbox_id))?;
        Ok(view)
    }

    /// Adds a line to the log that only people of the account see.
    pub(crate) fn activity(
        &mut self,
        conversation: &mut Conversation,
        action: ActivityAction,
        params: &[(&str, String)],
    ) -> Result<()> {
        let params: BTreeMap<String, String> =
            params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let content = Content::Activity { action, params };
        let entry = Entry::new(self.ctx.sender(), &content, Visibility::Activity);
        append(self, conversation, entry).map(drop)
    }
}
