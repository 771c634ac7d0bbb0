//! Name, colour and description of a label.

use serde_json::json;
use tertulia_domain::LabelId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::labels;

use super::{check_name, name_taken};
use crate::views::LabelView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub color: Option<String>,
    pub description: Option<String>,
}

/// Changes a label, everywhere it is used.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    label: LabelId,
    command: Update,
) -> Result<LabelView> {
    ctx.require(Permission::LabelsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = labels::get(change.tx, account, label)?;
            let mut changed = found.ok_or(Error::NotFound("label"))?;
            if let Some(name) = &command.name {
                changed.name = check_name(name)?;
                let namesake = labels::by_name(change.tx, account, &changed.name)?;
                if namesake.is_some_and(|other| other.id != label) {
                    return Err(name_taken());
                }
            }
            if let Some(color) = &command.color {
                changed.color = check::color("/color", color)?;
            }
            if let Some(description) = &command.description {
                changed.description = check::text("/description", description)?;
            }
            labels::update(change.tx, account, &changed)?;
            let view = LabelView::from(&changed);
            let data = json!({"label": view});
            change.record(&Fact::new(EventKind::LabelUpdated, data).about(label.0))?;
            Ok(view)
        })
        .await
}
