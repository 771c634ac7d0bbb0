//! Canned responses of the account.

mod create;
mod delete;
mod list;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_canned_responses, create::create_canned_response))
        .routes(routes!(update::update_canned_response, delete::delete_canned_response))
}
