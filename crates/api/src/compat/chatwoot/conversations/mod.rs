//! Conversations. Their id here is the number that people say.

mod asked;
mod assignments;
mod attachments;
mod create;
mod custom_attributes;
mod filter;
mod labels;
mod last_seen;
mod list;
mod mute;
mod participants;
mod search;
mod show;
pub(super) mod shown;
mod status;
mod toggle_priority;
mod typing;
mod update;

use axum::http::Method;
use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_engine::Ctx;
use tertulia_store::{Scope, conversations};

use super::{Refusal, Routes};
use crate::app::App;

pub(super) use asked::{page, unknown};
pub(super) use labels::vocabulary;

const ONE: &str = "/conversations/{conversation_id}";
const NO_DELETE: &str =
    "Conversations are not deleted here; erase the contact to have everything forgotten";
const NO_TRANSCRIPT: &str = "There are no transcripts yet, because there is no e-mail";
const NO_UNREAD: &str = "What was read stays read: marks only move forward here";
const NO_UNREAD_COUNTS: &str = "There are no counts of unread conversations yet";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/conversations", list::list)
        .post("/conversations", create::create)
        .get("/conversations/meta", list::meta)
        .post("/conversations/filter", filter::filter)
        .get("/conversations/search", search::find)
        .absent(Method::GET, "/conversations/unread_counts", NO_UNREAD_COUNTS)
        .under(ONE, of_one())
}

fn of_one() -> Routes {
    Routes::new()
        .get("/", show::show)
        .patch("/", update::update)
        .absent(Method::DELETE, "/", NO_DELETE)
        .post("/assignments", assignments::assign)
        .get("/attachments", attachments::list)
        .post("/custom_attributes", custom_attributes::set)
        .get("/labels", labels::list)
        .post("/labels", labels::set)
        .post("/mute", mute::mute)
        .post("/unmute", mute::unmute)
        .get("/participants", participants::list)
        .post("/participants", participants::add)
        .patch("/participants", participants::replace)
        .delete("/participants", participants::remove)
        .post("/toggle_priority", toggle_priority::toggle)
        .post("/toggle_status", status::toggle)
        .post("/toggle_typing_status", typing::toggle)
        .absent(Method::POST, "/transcript", NO_TRANSCRIPT)
        .absent(Method::POST, "/unread", NO_UNREAD)
        .post("/update_last_seen", last_seen::update)
}

/// Which conversation a path names.
#[derive(Deserialize)]
pub(super) struct Place {
    conversation_id: i64,
}

impl Place {
    /// Our id of the conversation, if the principal may see it.
    pub(super) async fn find(&self, app: &App, ctx: &Ctx) -> Result<ConversationId, Refusal> {
        let (account, viewer, number) = (ctx.account_id, ctx.viewer(), self.conversation_id);
        let found = app
            .engine
            .store
            .read(Scope::Account(account), move |tx| {
                conversations::by_number(tx, account, viewer, number)
            })
            .await?;
        found.ok_or_else(Refusal::not_found)
    }
}
