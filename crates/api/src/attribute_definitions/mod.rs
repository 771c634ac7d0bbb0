//! What attributes of contacts and conversations mean.

mod create;
mod delete;
mod list;
mod show;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_attribute_definitions, create::create_attribute_definition))
        .routes(routes!(
            show::show_attribute_definition,
            update::update_attribute_definition,
            delete::delete_attribute_definition
        ))
}
