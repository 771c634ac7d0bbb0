//! A person with a password at once, for the command line; from the console people are invited.

use tertulia_domain::access::Permission;
use tertulia_domain::user::Role;
use tertulia_store::credentials::{self, NewUser};

use super::join;
use crate::views::UserView;
use crate::{Ctx, Engine, Error, Result, check, passwords};

/// A person to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub email: String,
    pub name: String,
    pub locale: String,
    pub role: Role,
    pub password: String,
}

/// Adds a person to the account.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<UserView> {
    ctx.require(Permission::UsersManage)?;
    let email = check::email("/email", &command.email)?;
    let name = check::name("/name", &command.name)?;
    let locale = check::locale("/locale", &command.locale)?;
    passwords::check("/password", &command.password, &email)?;
    let hash = passwords::hash(engine, command.password).await?;
    let role = command.role;
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            let person = NewUser {
                email: &email,
                name: &name,
                locale: &locale,
                password_hash: Some(&hash),
                now: change.now,
            };
            let Some(user) = credentials::create(change.tx, &person)? else {
                let detail = format!("There is somebody with the e-mail address {email} already.");
                return Err(Error::Conflict { code: "conflict", detail });
            };
            join(change, user, role)
        })
        .await
}
