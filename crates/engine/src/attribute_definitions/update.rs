//! Everything of a definition but its subject and key, which values are stored under.

use serde_json::json;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind};
use tertulia_domain::event::EventKind;
use tertulia_store::attribute_definitions;

use crate::views::AttributeDefinitionView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// What to change; `None` stays. An empty pattern or cue takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<AttributeKind>,
    pub choices: Option<Vec<String>>,
    pub pattern: Option<String>,
    pub cue: Option<String>,
}

/// Changes what an attribute means. Values that are there already stay as they are.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    definition: AttributeDefinitionId,
    command: Update,
) -> Result<AttributeDefinitionView> {
    ctx.require(Permission::AccountManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = attribute_definitions::get(change.tx, account, definition)?;
            let mut changed = found.ok_or(Error::NotFound("attribute definition"))?;
            apply(&mut changed, &command)?;
            changed.updated_at = change.now;
            attribute_definitions::update(change.tx, account, &changed)?;
            let view = AttributeDefinitionView::from(&changed);
            let data = json!({"attribute_definition": view});
            let fact = Fact::new(EventKind::AttributeDefinitionUpdated, data).about(definition.0);
            change.record(&fact)?;
            Ok(view)
        })
        .await
}

fn apply(definition: &mut AttributeDefinition, command: &Update) -> Result<()> {
    if let Some(name) = &command.name {
        definition.name = check::name("/name", name)?;
    }
    if let Some(description) = &command.description {
        definition.description = check::text("/description", description)?;
    }
    if let Some(kind) = command.kind {
        definition.kind = kind;
        if kind != AttributeKind::List && command.choices.is_none() {
            definition.choices = Vec::new();
        }
    }
    let choices = command.choices.as_ref().unwrap_or(&definition.choices);
    definition.choices = super::check::choices(definition.kind, choices)?;
    if let Some(pattern) = &command.pattern {
        definition.pattern = super::check::pattern(Some(pattern))?;
    }
    if let Some(cue) = &command.cue {
        definition.cue = super::check::cue(Some(cue))?;
    }
    Ok(())
}
