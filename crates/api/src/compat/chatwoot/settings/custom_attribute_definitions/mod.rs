//! Custom attribute definitions, with the numbers that Chatwoot has for their words.

mod create;
mod delete;
mod list;
mod show;
mod update;
mod words;

use serde_json::{Value, json};
use tertulia_engine::views::AttributeDefinitionView;

use crate::compat::chatwoot::Routes;
use crate::compat::chatwoot::shapes::iso;

const RESOURCE: &str = "custom_attribute_definition";
const ONE: &str = "/custom_attribute_definitions/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/custom_attribute_definitions", list::list)
        .post("/custom_attribute_definitions", create::create)
        .get(ONE, show::show)
        .patch(ONE, update::update)
        .delete(ONE, delete::delete)
}

fn shape(definition: &AttributeDefinitionView) -> Value {
    json!({
        "id": definition.id,
        "attribute_display_name": definition.name,
        "attribute_display_type": definition.kind,
        "attribute_description": definition.description,
        "attribute_key": definition.key,
        "regex_pattern": definition.pattern,
        "regex_cue": definition.cue,
        "attribute_values": definition.choices,
        "attribute_model": words::model(definition.subject),
        "default_value": null,
        "created_at": iso(definition.created_at),
        "updated_at": iso(definition.updated_at),
    })
}
