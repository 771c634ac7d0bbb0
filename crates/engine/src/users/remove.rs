//! Takes a person out of the account; what they did keeps their name.

use serde_json::json;
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::users;

use super::require_another_administrator;
use crate::sessions::end_in_account;
use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a member.
pub async fn remove(engine: &Engine, ctx: &Ctx, user: UserId) -> Result<()> {
    ctx.require(Permission::UsersManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = users::get(change.tx, account, user)?;
            let person = found.ok_or(Error::NotFound("user"))?;
            require_another_administrator(change, &person)?;
            users::remove(change.tx, account, user, change.now)?;
            end_in_account(change, user)?;
            let data = json!({"id": user});
            change.record(&Fact::new(EventKind::UserDeleted, data).about(user.0))?;
            Ok(())
        })
        .await
}
