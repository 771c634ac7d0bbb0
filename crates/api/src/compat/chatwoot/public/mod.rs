//! `/public/api/v1`: customers of an API inbox, through a website or an app of the business.
//!
//! No token proves who asks: the inbox's public key and the customer's source id, a UUID, are in the
//! path. See `engine::visitors::customers` for what they open, and what they never do.

mod contacts;
mod conversations;
mod csat;
mod customer;
mod inbox;
mod listener;
mod messages;
mod shape;
mod signals;
mod submit;

pub(super) use csat::page as survey;
pub(super) use listener::Listener;

use super::routes::Routes;
use customer::{At, Customer};

/// Below `/public/api/v1`.
pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(csat::routes())
        .get("/inboxes/{inbox_identifier}", inbox::show)
        .post("/inboxes/{inbox_identifier}/contacts", contacts::create)
        .under("/inboxes/{inbox_identifier}/contacts/{source_id}", of_contact())
}

fn of_contact() -> Routes {
    Routes::new()
        .get("/", contacts::show)
        .patch("/", contacts::update)
        .get("/conversations", conversations::list)
        .post("/conversations", conversations::create)
        .under("/conversations/{number}", of_conversation())
}

fn of_conversation() -> Routes {
    Routes::new()
        .get("/", conversations::show)
        .post("/toggle_status", signals::toggle_status)
        .post("/toggle_typing", signals::toggle_typing)
        .post("/update_last_seen", signals::update_last_seen)
        .get("/messages", messages::list)
        .post("/messages", messages::create)
        .patch("/messages/{message_id}", submit::submit)
}
