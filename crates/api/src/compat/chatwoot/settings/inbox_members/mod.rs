//! Members of an inbox: the agents who see its conversations.

mod add;
mod list;
mod remove;
mod set;

use serde_json::json;
use tertulia_domain::{InboxId, UserId};
use tertulia_engine::Ctx;

use super::people;
use crate::app::App;
use crate::compat::chatwoot::{Fields, Refusal, Reply, Routes};

const PATH: &str = "/inbox_members";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/inbox_members/{id}", list::list)
        .post(PATH, add::add)
        .patch(PATH, set::set)
        .delete(PATH, remove::remove)
}

/// The inbox that a request names.
fn inbox(fields: &Fields) -> Result<InboxId, Refusal> {
    let missing = || Refusal::wrong("inbox_id", "is missing");
    fields.integer("inbox_id")?.map(InboxId).ok_or_else(missing)
}

async fn told(app: &App, ctx: &Ctx, members: &[UserId]) -> Result<Reply, Refusal> {
    let payload = people::of(app, ctx, members).await?;
    Ok(Reply(json!({"payload": payload})))
}
