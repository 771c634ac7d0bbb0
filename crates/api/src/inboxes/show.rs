//! `GET /v1/inboxes/{id}`: one inbox.

use axum::Json;
use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::InboxView;
use tertulia_store::{Scope, inboxes};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One inbox that I may see.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/inboxes/{id}",
    operation_id = "show_inbox",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    responses((status = 200, body = InboxView)),
)]
pub(super) async fn show_inbox(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
) -> Result<Json<InboxView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let (account, member) = (ctx.account_id, super::only_of(&ctx));
    let (found, members) = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            let found = inboxes::get(tx, account, inbox)?;
            Ok::<_, tertulia_store::Error>((found, inboxes::members(tx, account, inbox)?))
        })
        .await?;
    let seen = found.filter(|_| member.is_none_or(|user| members.contains(&user)));
    let inbox = seen.ok_or_else(|| Problem::not_found("inbox"))?;
    Ok(Json(InboxView::new(&inbox, members)))
}
