//! Custom filters of the person who asks.

mod create;
mod delete;
mod list;
mod show;
mod update;

use serde_json::{Value, json};
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::views::SavedFilterView;

use crate::compat::chatwoot::shapes::iso;
use crate::compat::chatwoot::{Fields, Refusal, Routes};

const RESOURCE: &str = "custom_filter";
const ONE: &str = "/custom_filters/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/custom_filters", list::list)
        .post("/custom_filters", create::create)
        .get(ONE, show::show)
        .patch(ONE, update::update)
        .delete(ONE, delete::delete)
}

/// What it is of stands under the name of the document and under that of the program.
fn shape(filter: &SavedFilterView) -> Value {
    json!({
        "id": filter.id,
        "name": filter.name,
        "type": filter.subject,
        "filter_type": filter.subject,
        "query": filter.query,
        "created_at": iso(filter.created_at),
        "updated_at": iso(filter.updated_at),
    })
}

/// What a filter is of, by either name, as a word or as a number.
fn read_subject(fields: &Fields) -> Result<Option<Subject>, Refusal> {
    let word = fields.filled("filter_type")?.or(fields.filled("type")?);
    match word.as_deref() {
        None => Ok(None),
        Some("0" | "conversation") => Ok(Some(Subject::Conversation)),
        Some("1" | "contact") => Ok(Some(Subject::Contact)),
        Some("2" | "report") => Err(Refusal::wrong("filter_type", "report is not kept here")),
        Some(_) => Err(Refusal::wrong("filter_type", "must be conversation or contact")),
    }
}
