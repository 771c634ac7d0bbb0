//! People as members of the account.

mod admit;
mod create;
mod remove;
mod update;

pub use admit::{Admit, admit};
pub use create::{Create, create};
pub use remove::remove;
pub use update::{Update, update};

use serde_json::json;
use tertulia_domain::UserId;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::{Role, User};
use tertulia_store::{Scope, users};

use crate::views::UserView;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result};

/// Records how a person is now, and answers it.
pub(crate) fn record_updated(change: &mut Change<'_, '_>, user: &User) -> Result<UserView> {
    let view = UserView::from(user);
    let data = json!({"user": view});
    change.record(&Fact::new(EventKind::UserUpdated, data).about(user.id.0))?;
    Ok(view)
}

/// Makes a person a member of the account of the change, and records it.
pub(crate) fn join(change: &mut Change<'_, '_>, user: UserId, role: Role) -> Result<UserView> {
    let account = change.ctx.account_id;
    if !users::add(change.tx, account, user, role, change.now)? {
        let detail = "This person is in the account already.".to_owned();
        return Err(Error::Conflict { code: "conflict", detail });
    }
    let person = users::get(change.tx, account, user)?.ok_or(Error::NotFound("user"))?;
    let view = UserView::from(&person);
    let data = json!({"user": view});
    change.record(&Fact::new(EventKind::UserCreated, data).about(user.0))?;
    Ok(view)
}

/// Refuses a change after which nobody could run the account.
fn require_another_administrator(change: &mut Change<'_, '_>, user: &User) -> Result<()> {
    let account = change.ctx.account_id;
    let leads = user.role == Role::Administrator && user.active;
    if leads && users::other_administrators(change.tx, account, user.id)? == 0 {
        let detail = "This is the last administrator; make somebody else one first.".to_owned();
        return Err(Error::Conflict { code: "conflict", detail });
    }
    Ok(())
}

/// Refuses to change what a person shares with other accounts: it is not this account's to change.
/// The operator may.
pub(crate) async fn require_own(engine: &Engine, ctx: &Ctx, user: UserId) -> Result<()> {
    if ctx.access == Access::System {
        return Ok(());
    }
    let account = ctx.account_id;
    let beyond = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| {
            Ok(users::accounts_beyond(tx, account, user)?)
        })
        .await?;
    if beyond {
        let detail = "This person works for another account too and must do this themselves.";
        return Err(Error::Conflict { code: "conflict", detail: detail.to_owned() });
    }
    Ok(())
}
