//! A new definition of an attribute.

use serde_json::json;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind, Subject};
use tertulia_domain::event::EventKind;
use tertulia_store::attribute_definitions;

use crate::views::AttributeDefinitionView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// A definition to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub subject: Subject,
    pub key: String,
    pub name: String,
    pub description: String,
    pub kind: AttributeKind,
    pub choices: Vec<String>,
    pub pattern: Option<String>,
    pub cue: Option<String>,
}

/// Says what an attribute means. Values that are there already stay as they are.
pub async fn create(
    engine: &Engine,
    ctx: &Ctx,
    command: Create,
) -> Result<AttributeDefinitionView> {
    ctx.require(Permission::AccountManage)?;
    engine
        .commit(ctx, move |change| {
            let mut new = AttributeDefinition {
                id: AttributeDefinitionId(0),
                subject: command.subject,
                key: super::check::key(&command.key)?,
                name: check::name("/name", &command.name)?,
                description: check::text("/description", &command.description)?,
                kind: command.kind,
                choices: super::check::choices(command.kind, &command.choices)?,
                pattern: super::check::pattern(command.pattern.as_deref())?,
                cue: super::check::cue(command.cue.as_deref())?,
                created_at: change.now,
                updated_at: change.now,
            };
            let made = attribute_definitions::create(change.tx, change.ctx.account_id, &new)?;
            new.id = made.ok_or_else(|| {
                Error::conflict("conflict", "There is a definition with this key already.")
            })?;
            let view = AttributeDefinitionView::from(&new);
            let data = json!({"attribute_definition": view});
            let fact = Fact::new(EventKind::AttributeDefinitionCreated, data).about(new.id.0);
            change.record(&fact)?;
            Ok(view)
        })
        .await
}
