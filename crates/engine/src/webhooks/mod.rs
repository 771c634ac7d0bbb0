//! Webhooks of an account, signed by the Standard Webhooks specification.
//!
//! A follower of the journal makes one delivery per event and endpoint, and a job for each. The jobs
//! of one conversation run one after the other; the jobs of one endpoint share a few hands.

mod answered;
mod check;
mod contract;
mod create;
mod delete;
mod deliver;
mod follow;
mod post;
mod redeliver;
mod rotate_secret;
mod secret;
mod settle;
mod test;
mod update;

pub(crate) use check::url as check_url;
pub use contract::{Contract, Contracts};
pub use create::{Create, create};
pub use delete::delete;
pub use deliver::{JOBS, KIND, POLICY, deliver};
pub use follow::WebhookFollower;
pub use redeliver::redeliver;
pub(crate) use redeliver::send_again;
pub(crate) use rotate_secret::rotate;
pub use rotate_secret::rotate_secret;
pub use secret::show_secret;
pub use test::test;
pub use update::{Update, update};

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::Webhook;

use crate::views::WebhookView;
use crate::{Change, Fact, Result};

/// Puts a change of an endpoint into the journal and shows it.
fn record(change: &mut Change<'_, '_>, kind: EventKind, webhook: &Webhook) -> Result<WebhookView> {
    let view = WebhookView::from(webhook);
    change.record(&Fact::new(kind, json!({"webhook": view})).about(webhook.id.0))?;
    Ok(view)
}
