//! Conversations: the list, one of them, and everything that can be done to it as a whole.

mod assign;
mod attributes;
mod counts;
mod create;
mod draft;
mod journal;
mod labels;
mod list;
mod priority;
mod read;
mod reopen;
mod resolve;
mod show;
mod snooze;
mod team;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_conversations, create::create_conversation))
        .routes(routes!(counts::count_conversations))
        .routes(routes!(show::show_conversation))
        .routes(routes!(assign::assign_conversation))
        .routes(routes!(team::assign_team))
        .routes(routes!(priority::set_priority))
        .routes(routes!(snooze::snooze_conversation))
        .routes(routes!(resolve::resolve_conversation))
        .routes(routes!(reopen::reopen_conversation))
        .routes(routes!(labels::set_conversation_labels))
        .routes(routes!(read::mark_read))
        .routes(routes!(attributes::set_attributes))
        .routes(routes!(draft::show_draft, draft::save_draft, draft::clear_draft))
        .routes(routes!(journal::list_journal))
}
