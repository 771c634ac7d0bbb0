//! `GET /v1/invitations`: invitations that wait.

use axum::extract::State;
use tertulia_domain::InvitationId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::InvitationView;
use tertulia_store::{Scope, invitations};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The invitations that can still be accepted, oldest first; never with their links.
///
/// Needs the permission `users:manage`.
#[utoipa::path(
    get,
    path = "/v1/invitations",
    operation_id = "list_invitations",
    tag = "invitations",
    params(PageParams),
    responses((status = 200, body = List<InvitationView>)),
)]
pub(super) async fn list_invitations(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<InvitationView>, Problem> {
    ctx.require(Permission::UsersManage)?;
    let page = listing.page;
    let after = InvitationId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());
    let now = app.engine.clock.now();
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| invitations::list(tx, account, after, now, limit))
        .await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| InvitationView::from(&item)))
}
