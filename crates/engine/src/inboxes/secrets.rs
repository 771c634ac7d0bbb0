//! Shows the secrets of an inbox to who runs the account.

use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_store::{Scope, inboxes};

use super::secrets_of;
use crate::views::InboxSecretsView;
use crate::{Ctx, Engine, Error, Result};

/// The secrets as they are.
pub async fn secrets(engine: &Engine, ctx: &Ctx, inbox: InboxId) -> Result<InboxSecretsView> {
    ctx.require(Permission::InboxesManage)?;
    let account = ctx.account_id;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(inboxes::get(tx, account, inbox)?)
        })
        .await?;
    found.map(|inbox| secrets_of(&inbox)).ok_or(Error::NotFound("inbox"))
}
