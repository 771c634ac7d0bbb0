//! Labels. A name is a title there, in lower case.

mod create;
mod delete;
mod list;
mod show;
mod update;

use serde_json::{Value, json};
use tertulia_engine::views::LabelView;

use crate::compat::chatwoot::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/labels", list::list)
        .post("/labels", create::create)
        .get("/labels/{id}", show::show)
        .patch("/labels/{id}", update::update)
        .delete("/labels/{id}", delete::delete)
}

fn shape(label: &LabelView) -> Value {
    json!({
        "id": label.id,
        "title": label.name,
        "description": label.description,
        "color": label.color,
        // Every label can be chosen in the list of conversations.
        "show_on_sidebar": true,
    })
}
