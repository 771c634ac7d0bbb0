//! Contacts.
//!
//! Of an address on an inbox that one may not see nothing is shown.

mod addresses;
mod asked;
mod conversations;
mod create;
mod custom_attributes;
mod delete;
mod filter;
mod import;
mod labels;
mod list;
mod merge;
mod said;
mod show;
mod shown;
mod update;

use axum::http::Method;
use serde::Deserialize;
use tertulia_domain::ContactId;

use super::Routes;

const ONE: &str = "/contacts/{contact_id}";
const NO_ACTIVE: &str = "Who is there at this moment is not listed here";
const NO_ATTACHMENTS: &str = "Files are listed by conversation, not by contact";
const NO_EXPORT: &str =
    "Contacts are not sent by e-mail; fetch them as CSV from /v1/contacts/export";
const NO_NOTES: &str = "Contacts have no notes here; write a private message instead";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/contacts", list::list)
        .post("/contacts", create::create)
        .get("/contacts/search", list::search)
        .absent(Method::GET, "/contacts/active", NO_ACTIVE)
        .post("/contacts/filter", filter::filter)
        .post("/contacts/import", import::import)
        .absent(Method::POST, "/contacts/export", NO_EXPORT)
        .post("/actions/contact_merge", merge::merge)
        .post("/contact_inboxes/filter", addresses::find)
        .under(ONE, of_one())
}

fn of_one() -> Routes {
    Routes::new()
        .get("/", show::show)
        .patch("/", update::update)
        .delete("/", delete::delete)
        .absent(Method::GET, "/attachments", NO_ATTACHMENTS)
        .post("/contact_inboxes", addresses::create)
        .get("/contactable_inboxes", addresses::list)
        .get("/conversations", conversations::list)
        .post("/destroy_custom_attributes", custom_attributes::destroy)
        .get("/labels", labels::list)
        .post("/labels", labels::set)
        .absent(Method::GET, "/notes", NO_NOTES)
        .absent(Method::POST, "/notes", NO_NOTES)
        .absent(Method::GET, "/notes/{note_id}", NO_NOTES)
        .absent(Method::PATCH, "/notes/{note_id}", NO_NOTES)
        .absent(Method::DELETE, "/notes/{note_id}", NO_NOTES)
}

/// Which contact a path names.
#[derive(Deserialize)]
struct Place {
    contact_id: ContactId,
}
