//! Conversations. Their id here is the number that people say.

mod custom_attributes;
mod labels;
mod toggle_priority;

use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_engine::Ctx;
use tertulia_store::{Scope, conversations};

use super::{Refusal, Routes};
use crate::app::App;

const ONE: &str = "/conversations/{conversation_id}";

pub(super) fn routes() -> Routes {
    Routes::new().under(
        ONE,
        Routes::new()
            .post("/custom_attributes", custom_attributes::set)
            .get("/labels", labels::list)
            .post("/labels", labels::set)
            .post("/toggle_priority", toggle_priority::toggle),
    )
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
