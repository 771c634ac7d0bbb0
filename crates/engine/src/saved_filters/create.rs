//! A new filter of the person who asks.

use serde_json::{Map, Value, json};
use tertulia_domain::SavedFilterId;
use tertulia_domain::attribute_definition::Subject;
use tertulia_domain::event::EventKind;
use tertulia_domain::saved_filter::{FILTERS_PER_USER_MAX, SavedFilter};
use tertulia_store::saved_filters;

use super::{check_query, owner};
use crate::views::SavedFilterView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// A filter to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    pub subject: Subject,
    pub name: String,
    pub query: Map<String, Value>,
}

/// Keeps a filter under a name.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<SavedFilterView> {
    let user = owner(ctx)?;
    engine
        .commit(ctx, move |change| {
            let (account, now) = (change.ctx.account_id, change.now);
            check_query(&command.query)?;
            if saved_filters::count(change.tx, account, user)? >= FILTERS_PER_USER_MAX {
                let detail = format!("You have {FILTERS_PER_USER_MAX} filters already.");
                return Err(Error::conflict("conflict", detail));
            }
            let mut new = SavedFilter {
                id: SavedFilterId(0),
                user_id: user,
                subject: command.subject,
                name: check::name("/name", &command.name)?,
                query: command.query.clone(),
                created_at: now,
                updated_at: now,
            };
            new.id = saved_filters::create(change.tx, account, &new)?;
            let view = SavedFilterView::from(&new);
            let data = json!({"saved_filter": view});
            change.record(&Fact::new(EventKind::SavedFilterCreated, data).about(new.id.0))?;
            Ok(view)
        })
        .await
}
