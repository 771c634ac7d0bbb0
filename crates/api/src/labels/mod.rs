//! Labels of the account.

mod create;
mod delete;
mod list;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_labels, create::create_label))
        .routes(routes!(update::update_label, delete::delete_label))
}
