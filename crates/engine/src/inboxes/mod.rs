//! Inboxes: the configured connections of channels.

mod change_members;
mod connect;
mod create;
mod delete;
mod health;
mod poll;
mod poller;
mod rotate_secret;
mod secrets;
mod set_members;
mod settings;
mod telegram_settings;
mod update;
mod watch;

pub use change_members::change_members;
pub use connect::{CONNECT, DISCONNECT, connect, disconnect};
pub use create::{Create, create};
pub use delete::delete;
pub(crate) use health::note_health;
pub use poll::{Polled, poll};
pub use poller::Poller;
pub use rotate_secret::rotate_secret;
pub use secrets::secrets;
pub use set_members::set_members;
pub use settings::SettingsChange;
pub use update::{Update, update};
pub use watch::{WATCH, watch};

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Inbox;
use tertulia_store::inboxes;

use crate::views::{InboxSecretsView, InboxView};
use crate::{Change, Fact, Result};

/// Longest time after closing in which a customer's message reopens a conversation.
const REOPEN_WINDOW_SECS_MAX: i64 = 365 * 24 * 60 * 60;

/// Records an inbox as it is now, for those who may see it, and answers it.
fn record(change: &mut Change<'_, '_>, kind: EventKind, inbox: &Inbox) -> Result<InboxView> {
    let members = inboxes::members(change.tx, change.ctx.account_id, inbox.id)?;
    let view = InboxView::new(inbox, members);
    let mut fact = Fact::new(kind, json!({"inbox": view})).about(inbox.id.0);
    fact.inbox = Some(inbox.id);
    change.record(&fact)?;
    Ok(view)
}

fn secrets_of(inbox: &Inbox) -> InboxSecretsView {
    InboxSecretsView {
        secret: inbox.secret.clone(),
        identity_secret: inbox.identity_secret.clone(),
    }
}
