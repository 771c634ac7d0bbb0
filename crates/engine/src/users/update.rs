//! Role, access and name of a member.

use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_domain::user::Role;
use tertulia_store::{Scope, credentials, users};

use super::{record_updated, require_another_administrator, require_own};
use crate::sessions::end_in_account;
use crate::views::UserView;
use crate::{Ctx, Engine, Error, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub role: Option<Role>,
    pub active: Option<bool>,
}

/// Changes a member. Who may no longer come in is signed out, who gets another role loses the old
/// one with the next request.
pub async fn update(engine: &Engine, ctx: &Ctx, user: UserId, command: Update) -> Result<UserView> {
    ctx.require(Permission::UsersManage)?;
    let account = ctx.account_id;
    let present = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            users::get(tx, account, user)?.ok_or(Error::NotFound("user"))
        })
        .await?;
    if command.name.as_ref().is_some_and(|name| *name != present.name) {
        require_own(engine, ctx, user).await?;
    }
    engine
        .commit(ctx, move |change| {
            let found = users::get(change.tx, account, user)?;
            let mut person = found.ok_or(Error::NotFound("user"))?;
            let role = command.role.unwrap_or(person.role);
            let active = command.active.unwrap_or(person.active);
            if role != Role::Administrator || !active {
                require_another_administrator(change, &person)?;
            }
            if let Some(name) = &command.name {
                let name = check::name("/name", name)?;
                credentials::set_profile(change.tx, user, &name, &person.locale)?;
                person.name = name;
            }
            users::set_role(change.tx, account, user, role, active)?;
            (person.role, person.active) = (role, active);
            if !active {
                end_in_account(change, user)?;
            }
            record_updated(change, &person)
        })
        .await
}
