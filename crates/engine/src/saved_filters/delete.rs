//! Removes a filter of the person who asks.

use serde_json::json;
use tertulia_domain::SavedFilterId;
use tertulia_domain::event::EventKind;
use tertulia_store::saved_filters;

use super::owner;
use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a filter.
pub async fn delete(engine: &Engine, ctx: &Ctx, filter: SavedFilterId) -> Result<()> {
    let user = owner(ctx)?;
    engine
        .commit(ctx, move |change| {
            if !saved_filters::delete(change.tx, change.ctx.account_id, user, filter)? {
                return Err(Error::NotFound("saved filter"));
            }
            let data = json!({"id": filter});
            change.record(&Fact::new(EventKind::SavedFilterDeleted, data).about(filter.0))?;
            Ok(())
        })
        .await
}
