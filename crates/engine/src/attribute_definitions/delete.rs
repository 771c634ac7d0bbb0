//! Removes a definition. The values stay where they are.

use serde_json::json;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::attribute_definitions;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a definition.
pub async fn delete(engine: &Engine, ctx: &Ctx, definition: AttributeDefinitionId) -> Result<()> {
    ctx.require(Permission::AccountManage)?;
    engine
        .commit(ctx, move |change| {
            if !attribute_definitions::delete(change.tx, change.ctx.account_id, definition)? {
                return Err(Error::NotFound("attribute definition"));
            }
            let data = json!({"id": definition});
            let fact = Fact::new(EventKind::AttributeDefinitionDeleted, data).about(definition.0);
            change.record(&fact)?;
            Ok(())
        })
        .await
}
