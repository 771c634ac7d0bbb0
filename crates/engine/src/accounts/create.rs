//! A new account, empty.

use serde_json::json;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, Timestamp};
use tertulia_store::{Scope, WriteTx, accounts};

use crate::views::AccountView;
use crate::{Change, Ctx, Engine, Error, Fact, Result, check};

/// An account to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub name: String,
    pub locale: String,
}

/// Makes an account; for the operator, so there is nobody whose permission could be asked.
pub async fn create(engine: &Engine, command: Create) -> Result<AccountView> {
    let now = engine.clock.now();
    engine
        .store
        .write(Scope::System, move |tx| {
            let account = found(tx, &command, now)?;
            let stored = accounts::get(tx, account)?.ok_or(Error::NotFound("account"))?;
            Ok(AccountView::from(&stored))
        })
        .await
}

/// The same inside a transaction that goes on with the account's first people.
pub(crate) fn found(tx: &mut WriteTx<'_>, command: &Create, now: Timestamp) -> Result<AccountId> {
    let name = check::name("/account_name", &command.name)?;
    let locale = check::locale("/locale", &command.locale)?;
    let account = accounts::create(tx, &name, &locale, ConversationPolicy::Contact, now)?;
    let ctx = Ctx::system(account);
    let mut change = Change::new(tx, &ctx, now);
    change.record(&Fact::new(EventKind::AccountUpdated, json!({"account_id": account})))?;
    Ok(account)
}
