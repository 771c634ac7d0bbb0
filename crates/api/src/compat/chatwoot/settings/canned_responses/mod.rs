//! Canned responses, as bare objects and lists.

mod create;
mod delete;
mod list;
mod update;

use serde_json::{Value, json};
use tertulia_domain::AccountId;
use tertulia_engine::views::CannedResponseView;

use crate::compat::chatwoot::Routes;
use crate::compat::chatwoot::shapes::iso;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/canned_responses", list::list)
        .post("/canned_responses", create::create)
        .patch("/canned_responses/{id}", update::update)
        .delete("/canned_responses/{id}", delete::delete)
}

fn shape(account: AccountId, response: &CannedResponseView) -> Value {
    json!({
        "id": response.id,
        "account_id": account,
        "short_code": response.short_code,
        "content": response.content,
        "created_at": iso(response.created_at),
        "updated_at": iso(response.updated_at),
    })
}
