//! `GET /v1/inboxes`: the inboxes that I may see.

use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::InboxView;
use tertulia_store::{Scope, inboxes};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The inboxes that I may see, oldest first: all, or those that I am a member of.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/inboxes",
    operation_id = "list_inboxes",
    tag = "inboxes",
    params(PageParams),
    responses((status = 200, body = List<InboxView>)),
)]
pub(super) async fn list_inboxes(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<InboxView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let page = listing.page;
    let after = InboxId(page.after()?.unwrap_or(0));
    let (account, limit, member) = (ctx.account_id, page.rows(), super::only_of(&ctx));
    let (found, mut members) = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            let found = match member {
                None => inboxes::list(tx, account, after, limit)?,
                Some(user) => inboxes::list_of_member(tx, account, user, after, limit)?,
            };
            Ok::<_, tertulia_store::Error>((found, inboxes::all_members(tx, account)?))
        })
        .await?;
    let list = page.answer(found, |inbox| inbox.id.0)?;
    Ok(list.map(|inbox| InboxView::new(&inbox, members.remove(&inbox.id).unwrap_or_default())))
}
