//! An inbox inside other things; whole it is shown where inboxes are.

use serde_json::{Value, json};
use tertulia_domain::InboxId;
use tertulia_domain::inbox::{Channel, Inbox};

use super::Cast;

/// `{id, name}`.
pub(crate) fn brief(cast: &Cast, id: InboxId) -> Value {
    let name = cast.inboxes.get(&id).map(|inbox| inbox.name.as_str());
    json!({"id": id, "name": name.unwrap_or_default()})
}

/// As the place of a contact's address.
pub(crate) fn slim(inbox: &Inbox) -> Value {
    json!({
        "id": inbox.id,
        "avatar_url": "",
        // A channel and its inbox are one thing here.
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": channel_type(inbox.channel),
        "provider": null,
    })
}

/// The name of a kind of channel.
pub(crate) fn channel_type(channel: Channel) -> &'static str {
    match channel {
        Channel::Widget => "Channel::WebWidget",
        Channel::Api => "Channel::Api",
        Channel::Telegram => "Channel::Telegram",
    }
}
