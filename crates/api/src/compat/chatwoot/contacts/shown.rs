//! Contacts as REST shows them: one, or many at the cost of one.

use std::collections::HashSet;

use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::contact::Contact;
use tertulia_domain::{ContactId, InboxId};
use tertulia_engine::Ctx;
use tertulia_store::{Error as StoreError, ReadTx, Scope, apps, contacts, inboxes};

use crate::app::App;
use crate::compat::chatwoot::Refusal;
use crate::compat::chatwoot::shapes::{Cast, Scene, contact};

/// Inboxes of one person that are looked at.
const INBOXES_MAX: i64 = 10_000;

/// One contact, with its addresses.
pub(super) async fn one(app: &App, ctx: &Ctx, id: ContactId) -> Result<Value, Refusal> {
    let account = ctx.account_id;
    let found = many(app, ctx, true, move |tx| contacts::of_ids(tx, account, &[id])).await?;
    found.into_iter().next().ok_or_else(Refusal::not_found)
}

/// What `read` finds, in its order, with the addresses if they are wanted.
pub(super) async fn many<F>(
    app: &App,
    ctx: &Ctx,
    with_inboxes: bool,
    read: F,
) -> Result<Vec<Value>, Refusal>
where
    F: Fn(&mut ReadTx<'_>) -> tertulia_store::Result<Vec<Contact>> + Send + 'static,
{
    ctx.require(Permission::ContactsRead)?;
    let (account, who) = (ctx.account_id, ctx.clone());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let found: Vec<_> = read(tx)?.into_iter().filter(Contact::is_present).collect();
        let ids: Vec<_> = found.iter().map(|contact| contact.id).collect();
        let scene = Scene { contacts: &ids, ..Scene::default() };
        let seen = visible_inboxes(tx, &who)?;
        Ok(Cast::read(tx, account, scene)?.map(|cast| (cast, found, seen)))
    });
    let (mut cast, found, seen) = read.await?.ok_or_else(Refusal::not_found)?;
    if let Some(seen) = seen {
        cast.inboxes.retain(|id, _| seen.contains(id));
    }
    let shape = |found: &Contact| match with_inboxes {
        true => contact::with_inboxes(&cast, found),
        false => contact::sender(found),
    };
    Ok(found.iter().map(shape).collect())
}

/// The inboxes that the principal may see; `None` for all of them.
pub(super) fn visible_inboxes(
    tx: &mut ReadTx<'_>,
    ctx: &Ctx,
) -> tertulia_store::Result<Option<HashSet<InboxId>>> {
    let account = ctx.account_id;
    if ctx.viewer().all_inboxes {
        return Ok(None);
    }
    let ids: HashSet<InboxId> = match (ctx.user(), ctx.app()) {
        (Some(user), _) => {
            let found = inboxes::list_of_member(tx, account, user, InboxId(0), INBOXES_MAX)?;
            found.into_iter().map(|inbox| inbox.id).collect()
        }
        (None, Some(app)) => {
            let found = apps::get(tx, account, app)?;
            found.map(|app| app.places.iter().map(|p| p.inbox_id).collect()).unwrap_or_default()
        }
        (None, None) => HashSet::new(),
    };
    Ok(Some(ids))
}
