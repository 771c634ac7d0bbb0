//! What a definition is about and for, by name or by number.

use tertulia_domain::attribute_definition::{AttributeKind, Subject};

use crate::compat::chatwoot::{Fields, Refusal};

/// The name of a subject.
pub(super) fn model(subject: Subject) -> &'static str {
    match subject {
        Subject::Conversation => "conversation_attribute",
        Subject::Contact => "contact_attribute",
    }
}

/// The subject that a request names.
pub(super) fn read_model(fields: &Fields) -> Result<Option<Subject>, Refusal> {
    match fields.filled("attribute_model")?.as_deref() {
        None => Ok(None),
        Some("0" | "conversation_attribute") => Ok(Some(Subject::Conversation)),
        Some("1" | "contact_attribute") => Ok(Some(Subject::Contact)),
        Some(_) => {
            let detail = "must be 0 (conversation_attribute) or 1 (contact_attribute)";
            Err(Refusal::wrong("attribute_model", detail))
        }
    }
}

/// The kind that a request names: its place in the order of declaration is Chatwoot's number.
pub(super) fn read_kind(fields: &Fields) -> Result<Option<AttributeKind>, Refusal> {
    let Some(word) = fields.filled("attribute_display_type")? else { return Ok(None) };
    let numbered = word.parse::<usize>().ok().and_then(|number| AttributeKind::ALL.get(number));
    let named = || word.parse::<AttributeKind>().ok();
    let wrong = || Refusal::wrong("attribute_display_type", "must be a number from 0 to 7");
    numbered.copied().or_else(named).map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_contract() {
        let names: Vec<&str> = AttributeKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let expected =
            ["text", "number", "currency", "percent", "link", "date", "list", "checkbox"];
        assert_eq!(names, expected);
    }
}
