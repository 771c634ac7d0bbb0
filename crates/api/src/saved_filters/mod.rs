//! Saved filters of the person who asks.

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
        .routes(routes!(list::list_saved_filters, create::create_saved_filter))
        .routes(routes!(
            show::show_saved_filter,
            update::update_saved_filter,
            delete::delete_saved_filter
        ))
}
