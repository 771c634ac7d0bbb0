//! What a change of a conversation changed: every event about one says it.

use serde_json::{Map, Value, json};
use tertulia_domain::control::Holder;
use tertulia_domain::conversation::{Conversation, Priority};
use tertulia_domain::status::Status;
use tertulia_domain::{ConversationId, TeamId, Timestamp, UserId};

use crate::Change;

/// How a conversation stood before the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    id: ConversationId,
    status: Status,
    holder: Holder,
    assignee_id: Option<UserId>,
    team_id: Option<TeamId>,
    priority: Priority,
    snoozed_until: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
}

impl From<&Conversation> for Standing {
    fn from(conversation: &Conversation) -> Self {
        Self {
            id: conversation.id,
            status: conversation.status,
            holder: conversation.control.holder,
            assignee_id: conversation.assignee_id,
            team_id: conversation.team_id,
            priority: conversation.priority,
            snoozed_until: conversation.snoozed_until,
            waiting_since: conversation.waiting_since,
        }
    }
}

impl Change<'_, '_> {
    /// Keeps how the conversation stands, before anything is done to it.
    pub(crate) fn remember(&mut self, conversation: &Conversation) {
        if self.standing.is_none_or(|before| before.id != conversation.id) {
            self.standing = Some(Standing::from(conversation));
        }
    }

    /// Notes a change of something that stands beside the conversation.
    pub(crate) fn note(&mut self, name: &str, from: Value, to: Value) {
        note(&mut self.noted, name, from, to);
    }

    /// What is different since then, as `{"status": {"from": …, "to": …}}`; from here on it counts anew.
    pub(crate) fn compare(&mut self, conversation: &Conversation) -> Map<String, Value> {
        let now = Standing::from(conversation);
        let before = self.standing.replace(now).filter(|before| before.id == now.id);
        let mut changed = std::mem::take(&mut self.noted);
        if let Some(before) = before {
            note(&mut changed, "status", json!(before.status), json!(now.status));
            note(&mut changed, "holder", holder(before.holder), holder(now.holder));
            note(&mut changed, "assignee_id", json!(before.assignee_id), json!(now.assignee_id));
            note(&mut changed, "team_id", json!(before.team_id), json!(now.team_id));
            note(&mut changed, "priority", json!(before.priority), json!(now.priority));
            let (from, to) = (json!(before.snoozed_until), json!(now.snoozed_until));
            note(&mut changed, "snoozed_until", from, to);
            let (from, to) = (json!(before.waiting_since), json!(now.waiting_since));
            note(&mut changed, "waiting_since", from, to);
        }
        changed
    }
}

fn holder(holder: Holder) -> Value {
    let (kind, id) = holder.parts();
    json!({ "kind": kind, "id": id })
}

fn note(changed: &mut Map<String, Value>, name: &str, from: Value, to: Value) {
    if from != to {
        changed.insert(name.to_owned(), json!({ "from": from, "to": to }));
    }
}
