//! `GET canned_responses?search=`: best fit first.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::views::CannedResponseView;
use tertulia_store::{Error, Scope, canned_responses};

use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// Longest text that is searched for, in Unicode scalar values.
const WANTED_CHARS_MAX: usize = 200;

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let wanted = fields.text("search")?.unwrap_or_default();
    if wanted.chars().count() > WANTED_CHARS_MAX {
        let detail = format!("is longer than {WANTED_CHARS_MAX} characters");
        return Err(Refusal::wrong("search", &detail));
    }
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            canned_responses::list(tx, account, &wanted, None, ROWS_MAX)
        })
        .await?;
    let shape = |(_, response)| super::shape(account, &CannedResponseView::from(&response));
    Ok(Reply(found.into_iter().map(shape).collect()))
}
