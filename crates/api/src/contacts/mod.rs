//! Contacts of the account.

mod block;
mod conversations;
mod create;
mod erase;
mod export;
mod export_csv;
mod import;
mod labels;
mod list;
mod merge;
mod show;
mod unblock;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_contacts, create::create_contact))
        .routes(routes!(import::import_contacts))
        .routes(routes!(export_csv::export_contacts))
        .routes(routes!(show::show_contact, update::update_contact))
        .routes(routes!(conversations::list_conversations))
        .routes(routes!(labels::set_labels))
        .routes(routes!(merge::merge_contact))
        .routes(routes!(erase::erase_contact))
        .routes(routes!(export::export_contact))
        .routes(routes!(block::block_contact))
        .routes(routes!(unblock::unblock_contact))
}
