//! The visitor's side: everything that the widget does, so that a mobile app can.

mod begin;
mod config;
mod cors;
mod delete;
mod edit;
mod guest;
mod identify;
mod list;
mod me;
mod opened;
mod page;
mod react;
mod read;
mod send;
mod shapes;
mod stream;
mod typing;
mod update_me;
mod upload;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use cors::layer as cors;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(config::get_widget_config))
        .routes(routes!(begin::create_visitor))
        .routes(routes!(identify::identify_visitor))
        .routes(routes!(me::get_visitor, update_me::update_visitor))
        .routes(routes!(list::list_widget_messages, send::create_widget_message))
        .routes(routes!(edit::update_widget_message, delete::delete_widget_message))
        .routes(routes!(react::put_widget_reaction))
        .routes(routes!(read::mark_widget_read))
        .routes(routes!(typing::show_widget_typing))
        .routes(routes!(page::note_widget_page))
        .routes(routes!(opened::note_widget_opened))
        .routes(routes!(upload::create_widget_attachment))
        .routes(routes!(stream::open_widget_stream))
}
