//! Messages of a conversation.

mod create;
mod delete;
mod list;
mod react;
mod retry;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_messages, create::create_message))
        .routes(routes!(update::update_message, delete::delete_message))
        .routes(routes!(react::react_to_message))
        .routes(routes!(retry::retry_message))
}
