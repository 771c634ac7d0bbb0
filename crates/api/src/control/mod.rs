//! Who may speak to the customer of a conversation.

mod give_back;
mod hand_over;
mod pass;
mod release;
mod take;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(take::take_control))
        .routes(routes!(hand_over::hand_control_over))
        .routes(routes!(give_back::give_control_back))
        .routes(routes!(pass::pass_control))
        .routes(routes!(release::release_control))
}
