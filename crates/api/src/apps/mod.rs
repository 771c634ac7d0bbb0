//! Apps of the account, the inboxes that they work on, and the log of what they were told.

mod create;
mod delete;
mod deliveries;
mod list;
mod place;
mod remove;
mod rotate_secret;
mod rotate_token;
mod secrets;
mod show;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_apps, create::create_app))
        .routes(routes!(show::show_app, update::update_app, delete::delete_app))
        .routes(routes!(place::place_app, remove::remove_app))
        .routes(routes!(secrets::show_app_secrets))
        .routes(routes!(rotate_token::rotate_app_token))
        .routes(routes!(rotate_secret::rotate_app_secret))
        .routes(routes!(deliveries::list_app_deliveries))
        .routes(routes!(deliveries::redeliver_app_delivery))
}
