//! Another name, or another question.

use serde_json::{Map, Value, json};
use tertulia_domain::SavedFilterId;
use tertulia_domain::event::EventKind;
use tertulia_store::saved_filters;

use super::{check_query, owner};
use crate::views::SavedFilterView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Update {
    pub name: Option<String>,
    pub query: Option<Map<String, Value>>,
}

/// Changes a filter of the person who asks.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    filter: SavedFilterId,
    command: Update,
) -> Result<SavedFilterView> {
    let user = owner(ctx)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = saved_filters::get(change.tx, account, user, filter)?;
            let mut changed = found.ok_or(Error::NotFound("saved filter"))?;
            if let Some(name) = &command.name {
                changed.name = check::name("/name", name)?;
            }
            if let Some(query) = &command.query {
                check_query(query)?;
                changed.query.clone_from(query);
            }
            changed.updated_at = change.now;
            saved_filters::update(change.tx, account, &changed)?;
            let view = SavedFilterView::from(&changed);
            let data = json!({"saved_filter": view});
            change.record(&Fact::new(EventKind::SavedFilterUpdated, data).about(filter.0))?;
            Ok(view)
        })
        .await
}
