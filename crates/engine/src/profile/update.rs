//! The person's own name and language.

use tertulia_store::{credentials, users};

use crate::users::record_updated;
use crate::views::UserView;
use crate::{Ctx, Engine, Error, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub locale: Option<String>,
}

/// Changes the person who asks.
pub async fn update(engine: &Engine, ctx: &Ctx, command: Update) -> Result<UserView> {
    let (user, _) = ctx.browser()?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = users::get(change.tx, account, user)?;
            let mut person = found.ok_or(Error::NotFound("person"))?;
            if let Some(name) = &command.name {
                person.name = check::name("/name", name)?;
            }
            if let Some(locale) = &command.locale {
                person.locale = check::locale("/locale", locale)?;
            }
            credentials::set_profile(change.tx, user, &person.name, &person.locale)?;
            record_updated(change, &person)
        })
        .await
}
