//! A contact that may no longer write to us, and may again.

use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts;

use crate::views::ContactView;
use crate::{Ctx, Engine, Result};

/// Blocks a contact: what it writes from now on is refused.
pub async fn block(engine: &Engine, ctx: &Ctx, contact: ContactId) -> Result<ContactView> {
    set(engine, ctx, contact, true).await
}

/// Lets a contact write again.
pub async fn unblock(engine: &Engine, ctx: &Ctx, contact: ContactId) -> Result<ContactView> {
    set(engine, ctx, contact, false).await
}

async fn set(engine: &Engine, ctx: &Ctx, contact: ContactId, blocked: bool) -> Result<ContactView> {
    ctx.require(Permission::ContactsWrite)?;
    engine
        .commit(ctx, move |change| {
            let mut found = change.contact(contact)?;
            if blocked {
                found.blocked_at = found.blocked_at.or(Some(change.now));
            } else {
                found.blocked_at = None;
            }
            found.updated_at = change.now;
            contacts::save(change.tx, change.ctx.account_id, &found)?;
            let kind =
                if blocked { EventKind::ContactBlocked } else { EventKind::ContactUnblocked };
            change.tell_contact(kind, contact)
        })
        .await
}
