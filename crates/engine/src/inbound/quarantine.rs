//! What cannot be used is kept and shown, once.

use serde_json::json;
use sha2::{Digest, Sha256};
use tertulia_domain::InboxId;
use tertulia_domain::event::EventKind;
use tertulia_store::{quarantine, receipts};

use crate::secret::hex;
use crate::{Change, Fact, Result};

/// Keeps an input with the reason; the same bytes again are the same input.
pub(super) fn quarantine(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    reason: &str,
    raw: &[u8],
) -> Result<()> {
    let account = change.ctx.account_id;
    let key = format!("quarantine:{}", hex(&Sha256::digest(raw)));
    if !receipts::take_in(change.tx, account, inbox, &key, change.now)? {
        return Ok(());
    }
    let id = quarantine::keep(change.tx, account, inbox, reason, raw, change.now)?;
    let data = json!({ "id": id, "inbox_id": inbox, "reason": reason });
    let mut fact = Fact::new(EventKind::InputQuarantined, data);
    fact.inbox = Some(inbox);
    change.record(&fact).map(drop)
}
