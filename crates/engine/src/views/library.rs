//! How canned responses, attribute definitions and saved filters are shown.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind, Subject};
use tertulia_domain::canned_response::CannedResponse;
use tertulia_domain::saved_filter::SavedFilter;
use tertulia_domain::{AttributeDefinitionId, CannedResponseId, SavedFilterId, Timestamp};
use utoipa::ToSchema;

/// A text that people write often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CannedResponse)]
pub struct CannedResponseView {
    pub id: CannedResponseId,
    pub short_code: String,
    pub content: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What an attribute of contacts or conversations means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AttributeDefinition)]
pub struct AttributeDefinitionView {
    pub id: AttributeDefinitionId,
    pub subject: Subject,
    pub key: String,
    pub name: String,
    pub description: String,
    pub kind: AttributeKind,
    /// What a list offers.
    pub choices: Vec<String>,
    /// A regular expression for the program that asks for the value.
    pub pattern: Option<String>,
    /// What people are told when a value does not match.
    pub cue: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A filter of the person who asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SavedFilter)]
pub struct SavedFilterView {
    pub id: SavedFilterId,
    pub subject: Subject,
    pub name: String,
    /// As the program wrote it that keeps it here.
    pub query: Map<String, Value>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<&CannedResponse> for CannedResponseView {
    fn from(response: &CannedResponse) -> Self {
        Self {
            id: response.id,
            short_code: response.short_code.clone(),
            content: response.content.clone(),
            created_at: response.created_at,
            updated_at: response.updated_at,
        }
    }
}

impl From<&AttributeDefinition> for AttributeDefinitionView {
    fn from(definition: &AttributeDefinition) -> Self {
        Self {
            id: definition.id,
            subject: definition.subject,
            key: definition.key.clone(),
            name: definition.name.clone(),
            description: definition.description.clone(),
            kind: definition.kind,
            choices: definition.choices.clone(),
            pattern: definition.pattern.clone(),
            cue: definition.cue.clone(),
            created_at: definition.created_at,
            updated_at: definition.updated_at,
        }
    }
}

impl From<&SavedFilter> for SavedFilterView {
    fn from(filter: &SavedFilter) -> Self {
        Self {
            id: filter.id,
            subject: filter.subject,
            name: filter.name.clone(),
            query: filter.query.clone(),
            created_at: filter.created_at,
            updated_at: filter.updated_at,
        }
    }
}
