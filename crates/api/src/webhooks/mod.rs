//! Webhooks of the account, and the log of their deliveries.

mod create;
mod delete;
mod deliveries;
mod list;
mod redeliver;
mod rotate_secret;
mod secret;
mod test;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_webhooks, create::create_webhook))
        .routes(routes!(update::update_webhook, delete::delete_webhook))
        .routes(routes!(secret::show_secret))
        .routes(routes!(rotate_secret::rotate_secret))
        .routes(routes!(test::test_webhook))
        .routes(routes!(deliveries::list_deliveries))
        .routes(routes!(redeliver::redeliver))
}
