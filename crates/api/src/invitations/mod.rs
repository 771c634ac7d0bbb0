//! Invitations of people.

mod accept;
mod create;
mod delete;
mod list;
mod lookup;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_invitations, create::create_invitation))
        .routes(routes!(delete::delete_invitation))
        .routes(routes!(lookup::lookup_invitation))
        .routes(routes!(accept::accept_invitation))
}
