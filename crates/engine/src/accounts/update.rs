//! Name, language and policy of the account.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::event::EventKind;
use tertulia_store::accounts;

use crate::views::AccountView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub locale: Option<String>,
    pub conversation_policy: Option<ConversationPolicy>,
}

/// Changes the account.
pub async fn update(engine: &Engine, ctx: &Ctx, command: Update) -> Result<AccountView> {
    ctx.require(Permission::AccountManage)?;
    engine
        .commit(ctx, move |change| {
            let found = accounts::get(change.tx, change.ctx.account_id)?;
            let mut account = found.ok_or(Error::NotFound("account"))?;
            if let Some(name) = &command.name {
                account.name = check::name("/name", name)?;
            }
            if let Some(locale) = &command.locale {
                account.locale = check::locale("/locale", locale)?;
            }
            account.conversation_policy =
                command.conversation_policy.unwrap_or(account.conversation_policy);
            accounts::update(change.tx, &account)?;
            let view = AccountView::from(&account);
            change.record(&Fact::new(EventKind::AccountUpdated, json!({"account": view})))?;
            Ok(view)
        })
        .await
}
