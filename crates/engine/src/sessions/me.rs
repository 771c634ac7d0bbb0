//! Who the principal is, where, and what it may do.

use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_store::{ReadTx, Scope, accounts, users};

use crate::views::{AccountBrief, MeView, MembershipView, UserView};
use crate::{Ctx, Engine, Error, Result};

/// The person behind the request.
pub async fn me(engine: &Engine, ctx: &Ctx) -> Result<MeView> {
    let user = ctx.user().ok_or(Error::NotFound("person"))?;
    let ctx = ctx.clone();
    // The list of accounts goes beyond the present one.
    engine.store.read(Scope::System, move |tx| me_of(tx, &ctx, user)).await
}

fn me_of(tx: &mut ReadTx<'_>, ctx: &Ctx, user: UserId) -> Result<MeView> {
    let account = accounts::get(tx, ctx.account_id)?.ok_or(Error::NotFound("account"))?;
    let person = users::get(tx, ctx.account_id, user)?.ok_or(Error::NotFound("person"))?;
    let accounts = users::accounts_of(tx, user)?;
    Ok(MeView {
        user: UserView::from(&person),
        account: AccountBrief::from(&account),
        accounts: accounts
            .into_iter()
            .map(|(account, role)| MembershipView { id: account.id, name: account.name, role })
            .collect(),
        permissions: Permission::ALL.iter().copied().filter(|&it| ctx.may(it)).collect(),
        csrf: None,
    })
}
