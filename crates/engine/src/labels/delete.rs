//! Removes a label, also from everything that carries it.

use serde_json::json;
use tertulia_domain::LabelId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::labels;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a label.
pub async fn delete(engine: &Engine, ctx: &Ctx, label: LabelId) -> Result<()> {
    ctx.require(Permission::LabelsManage)?;
    engine
        .commit(ctx, move |change| {
            if !labels::delete(change.tx, change.ctx.account_id, label)? {
                return Err(Error::NotFound("label"));
            }
            let data = json!({"id": label});
            change.record(&Fact::new(EventKind::LabelDeleted, data).about(label.0))?;
            Ok(())
        })
        .await
}
