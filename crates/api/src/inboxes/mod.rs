//! Inboxes of the account.

mod create;
mod delete;
mod list;
mod members;
mod rotate_secret;
mod secret;
mod show;
mod update;

use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_engine::Ctx;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_inboxes, create::create_inbox))
        .routes(routes!(show::show_inbox, update::update_inbox, delete::delete_inbox))
        .routes(routes!(members::set_inbox_members))
        .routes(routes!(secret::show_inbox_secret))
        .routes(routes!(rotate_secret::rotate_inbox_secret))
}

/// The person whose inboxes alone may be seen; `None`: all may be.
fn only_of(ctx: &Ctx) -> Option<UserId> {
    if ctx.may(Permission::InboxesAll) { None } else { ctx.user() }
}
