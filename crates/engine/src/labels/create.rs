//! A new label.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::account::Label;
use tertulia_domain::event::EventKind;
use tertulia_store::labels;

use super::{check_name, name_taken};
use crate::views::LabelView;
use crate::{Ctx, Engine, Fact, Result, check};

/// A label to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub name: String,
    pub color: String,
    pub description: String,
}

/// Makes a label.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<LabelView> {
    ctx.require(Permission::LabelsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let name = check_name(&command.name)?;
            let color = check::color("/color", &command.color)?;
            let description = check::text("/description", &command.description)?;
            let created = labels::create(change.tx, account, &name, &color, &description)?;
            let id = created.ok_or_else(name_taken)?;
            let view = LabelView::from(&Label { id, name, color, description });
            let data = json!({"label": view});
            change.record(&Fact::new(EventKind::LabelCreated, data).about(id.0))?;
            Ok(view)
        })
        .await
}
