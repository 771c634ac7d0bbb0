//! A person without a password: a member at once, who comes in by a link to choose one, or by a provider.

use tertulia_domain::access::Permission;
use tertulia_domain::user::Role;
use tertulia_store::accounts;
use tertulia_store::credentials::{self, NewUser};

use super::join;
use crate::views::UserView;
use crate::{Ctx, Engine, Error, Result, check};

/// A person to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admit {
    pub email: String,
    pub name: String,
    pub role: Role,
}

/// Adds a person who is new here. Who works for another account already has to be invited: nobody
/// joins an account without wanting to.
pub async fn admit(engine: &Engine, ctx: &Ctx, command: Admit) -> Result<UserView> {
    ctx.require(Permission::UsersManage)?;
    let email = check::email("/email", &command.email)?;
    let name = check::name("/name", &command.name)?;
    let role = command.role;
    engine
        .commit(ctx, move |change| {
            let account = accounts::get(change.tx, change.ctx.account_id)?;
            let locale = account.ok_or(Error::NotFound("account"))?.locale;
            let person = NewUser {
                email: &email,
                name: &name,
                locale: &locale,
                password_hash: None,
                now: change.now,
            };
            let Some(user) = credentials::create(change.tx, &person)? else {
                return Err(Error::invalid("/email", "is taken: invite the person instead"));
            };
            join(change, user, role)
        })
        .await
}
