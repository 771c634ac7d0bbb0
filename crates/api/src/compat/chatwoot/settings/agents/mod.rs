//! Agents: the people of the account.

mod assignable;
mod bulk_create;
mod create;
mod delete;
mod list;
mod update;

use crate::compat::chatwoot::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/agents", list::list)
        .post("/agents", create::create)
        .post("/agents/bulk_create", bulk_create::bulk_create)
        .patch("/agents/{id}", update::update)
        .delete("/agents/{id}", delete::delete)
        .get("/assignable_agents", assignable::list)
}
