//! New secrets for an inbox; the old ones stop working at once.

use serde_json::json;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Channel;
use tertulia_store::inboxes;

use super::CONNECT;
use super::connect::order;
use crate::views::InboxSecretsView;
use crate::{Ctx, Engine, Error, Fact, Result, secret};

/// Replaces both secrets. A repeat of the request answers what is in force, not what was.
pub async fn rotate_secret(engine: &Engine, ctx: &Ctx, inbox: InboxId) -> Result<InboxSecretsView> {
    ctx.require(Permission::InboxesManage)?;
    let signing = secret::signing(engine.entropy.as_ref());
    let plain = secret::random(engine.entropy.as_ref());
    let identity = secret::random_hex(engine.entropy.as_ref());
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = inboxes::get(change.tx, account, inbox)?;
            let mut changed = found.ok_or(Error::NotFound("inbox"))?;
            if changed.channel == Channel::Telegram {
                // Telegram takes letters, digits, dashes and underscores, and has to be told.
                changed.secret.clone_from(&plain);
                order(change, CONNECT, inbox)?;
            } else {
                changed.secret.clone_from(&signing);
            }
            changed.identity_secret.clone_from(&identity);
            inboxes::update(change.tx, account, &changed)?;
            let data = json!({"id": inbox});
            let mut fact = Fact::new(EventKind::InboxSecretRotated, data).about(inbox.0);
            fact.inbox = Some(inbox);
            change.record(&fact)?;
            Ok(())
        })
        .await?;
    super::secrets(engine, ctx, inbox).await
}
