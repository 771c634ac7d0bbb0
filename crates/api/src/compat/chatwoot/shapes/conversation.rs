//! A conversation in the two forms that Chatwoot has of one. Its id is the number that people say.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tertulia_domain::conversation::{Priority, SessionState};
use tertulia_domain::message::Visibility;
use tertulia_engine::views::{ConversationView, HolderView, MessageView};

use super::contact::ADDITIONAL;
use super::{Cast, bot, contact, fraction, inbox, iso, message, secs, secs_or_zero, team, user};

/// Chatwoot counts no further in webhooks.
const UNREAD_MAX: i64 = 10;

/// In REST.
pub(crate) fn rest(cast: &Cast, c: &ConversationView) -> Value {
    let around = cast.around.get(&c.id);
    let latest = cast.latest.get(&c.id).map(Vec::as_slice).unwrap_or_default();
    let shown = latest.iter().rfind(|m| m.visibility != Visibility::Activity);
    let push = |m: &MessageView| message::push(cast, m, Some(c));
    let agents_seen_at = secs_or_zero(around.and_then(|a| a.agents_seen_at));
    json!({
        "meta": rest_meta(cast, c),
        "id": c.number,
        "messages": latest.last().map(push).into_iter().collect::<Vec<_>>(),
        "account_id": cast.account.id,
        "uuid": uuid(cast, c),
        "additional_attributes": additional(c),
        "agent_last_seen_at": agents_seen_at,
        "assignee_last_seen_at": agents_seen_at,
        "can_reply": can_reply(c),
        "contact_last_seen_at": secs_or_zero(around.and_then(|a| a.contact_seen_at)),
        "custom_attributes": custom(c),
        "inbox_id": c.inbox_id,
        "labels": c.labels,
        "muted": c.contact.blocked,
        "snoozed_until": c.snoozed_until.map(secs),
        "status": c.status,
        "created_at": secs(c.created_at),
        "updated_at": fraction(c.updated_at),
        "timestamp": secs(c.last_activity_at),
        "first_reply_created_at": secs_or_zero(around.and_then(|a| a.first_reply_at)),
        "unread_count": around.map_or(0, |a| a.unread_count),
        "last_non_activity_message": shown.map(push),
        "last_activity_at": secs(c.last_activity_at),
        "priority": priority(c.priority),
        "waiting_since": secs_or_zero(c.waiting_since),
        "sla_policy_id": null,
    })
}

/// In webhooks, where the event's name comes to it, and in real time.
pub(crate) fn push(cast: &Cast, c: &ConversationView) -> Value {
    let around = cast.around.get(&c.id);
    let latest = cast.latest.get(&c.id).map(Vec::as_slice).unwrap_or_default();
    let public = latest.iter().rfind(|m| m.visibility == Visibility::Public);
    let public = public.map(|m| message::push(cast, m, Some(c)));
    json!({
        "id": c.number,
        "account": super::account::brief(cast),
        "additional_attributes": additional(c),
        "can_reply": can_reply(c),
        "channel": inbox::channel_type(c.channel),
        "contact_inbox": contact_inbox(cast, c),
        "inbox_id": c.inbox_id,
        "messages": public.into_iter().collect::<Vec<_>>(),
        "labels": c.labels,
        "meta": push_meta(cast, c),
        "status": c.status,
        "custom_attributes": custom(c),
        "snoozed_until": c.snoozed_until.map(iso),
        "unread_count": around.map_or(0, |a| a.unread_count.min(UNREAD_MAX)),
        "first_reply_created_at": around.and_then(|a| a.first_reply_at).map(iso),
        "priority": priority(c.priority),
        "waiting_since": secs_or_zero(c.waiting_since),
        "agent_last_seen_at": secs_or_zero(around.and_then(|a| a.agents_seen_at)),
        "contact_last_seen_at": secs_or_zero(around.and_then(|a| a.contact_seen_at)),
        "last_activity_at": secs(c.last_activity_at),
        "timestamp": secs(c.last_activity_at),
        "created_at": secs(c.created_at),
        "updated_at": fraction(c.updated_at),
    })
}

/// Chatwoot has no word for "none".
pub(crate) fn priority(priority: Priority) -> Option<Priority> {
    (priority != Priority::None).then_some(priority)
}

/// What the business keeps about the conversation.
pub(crate) fn custom(c: &ConversationView) -> Map<String, Value> {
    let mut custom = c.attributes.clone();
    custom.shift_remove(ADDITIONAL);
    custom
}

/// Where the conversation began, and what a client put there when it began it.
pub(crate) fn additional(c: &ConversationView) -> Value {
    let mut additional = Map::new();
    if let Some(page) = c.origin.as_ref().and_then(|origin| origin.url.as_ref()) {
        additional.insert("referer".to_owned(), page.as_str().into());
        let began = json!({"timestamp": iso(c.created_at)});
        additional.insert("initiated_at".to_owned(), began);
    }
    if let Some(Value::Object(given)) = c.attributes.get(ADDITIONAL) {
        additional.extend(given.clone());
    }
    additional.into()
}

/// A stable name for the conversation. It is no secret, and opens nothing.
pub(crate) fn uuid(cast: &Cast, c: &ConversationView) -> String {
    let digest = Sha256::digest(format!("conversation:{}:{}", cast.account.id, c.id));
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
    // Version 8: made by a rule of one's own.
    let (third, fourth) = (part(13, 16), part(17, 20));
    format!("{}-{}-8{third}-8{fourth}-{}", part(0, 8), part(8, 12), part(20, 32))
}

/// Whether a reply has somewhere to go.
fn can_reply(c: &ConversationView) -> bool {
    c.resolved_at.is_some() || c.sessions.iter().any(|s| s.state == SessionState::Started)
}

fn rest_meta(cast: &Cast, c: &ConversationView) -> Value {
    let mut meta = Map::new();
    let mut put = |name: &str, value: Value| drop(meta.insert(name.to_owned(), value));
    put("sender", cast.contacts.get(&c.contact.id).map(contact::sender).unwrap_or_default());
    put("channel", inbox::channel_type(c.channel).into());
    if let Some(assignee) = &c.assignee {
        let shape = match cast.users.get(&assignee.id) {
            Some(found) => user::agent(cast.account.id, found, cast.presence(assignee.id)),
            None => user::push(cast, assignee.id, &assignee.name),
        };
        put("assignee", shape);
        put("assignee_type", "User".into());
    } else if let Some((id, name)) = bot_in_control(&c.control.holder) {
        put("assignee", bot::push(id, name));
        put("assignee_type", "AgentBot".into());
    }
    if let Some(assigned) = &c.team {
        put("team", team::brief(assigned));
    }
    put("hmac_verified", is_verified(cast, c).into());
    meta.into()
}

fn push_meta(cast: &Cast, c: &ConversationView) -> Value {
    let bot = bot_in_control(&c.control.holder);
    let (assignee, kind) = match (&c.assignee, bot) {
        (Some(user), _) => (Some(user::push(cast, user.id, &user.name)), Some("User")),
        (None, Some((id, name))) => (Some(bot::push(id, name)), Some("AgentBot")),
        (None, None) => (None, None),
    };
    json!({
        "sender": cast.contacts.get(&c.contact.id).map(contact::push),
        "assignee": assignee,
        "assignee_type": kind,
        "team": c.team.as_ref().map(team::brief),
        "hmac_verified": is_verified(cast, c),
    })
}

/// An app that speaks to the customer is what Chatwoot calls a bot as assignee.
fn bot_in_control(holder: &HolderView) -> Option<(i64, &str)> {
    use tertulia_domain::conversation::HolderKind;
    match holder.kind {
        HolderKind::App => Some((holder.id?, holder.name.as_deref().unwrap_or_default())),
        HolderKind::Nobody | HolderKind::Agent => None,
    }
}

fn contact_inbox(cast: &Cast, c: &ConversationView) -> Value {
    let Some(address) = cast.around.get(&c.id).and_then(|around| around.address.as_ref()) else {
        return Value::Null;
    };
    json!({
        "id": address.identity_id,
        "contact_id": address.contact_id,
        "inbox_id": address.inbox_id,
        "source_id": address.address,
        "created_at": iso(address.created_at),
        "updated_at": iso(address.created_at),
        "hmac_verified": address.verified,
        // The customer's own key to the socket is never given to anybody else.
        "pubsub_token": null,
    })
}

fn is_verified(cast: &Cast, c: &ConversationView) -> bool {
    let address = cast.around.get(&c.id).and_then(|around| around.address.as_ref());
    address.is_some_and(|address| address.verified)
}
