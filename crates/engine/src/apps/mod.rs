//! Apps: installed participants with a token to speak with and an endpoint that is told what happens.

mod check;
mod create;
mod delete;
mod place;
mod redeliver;
mod rotate;
mod update;

pub use check::AGENT_BOT_SCOPES;
pub use create::{Create, create};
pub use delete::delete;
pub use place::{place, remove, set_answering};
pub use redeliver::redeliver;
pub use rotate::{rotate_secret, rotate_token};
pub use update::{Update, update};

use serde_json::json;
use tertulia_domain::app::App;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, AppId};
use tertulia_store::{ReadTx, apps, webhooks};

use crate::views::AppView;
use crate::{Change, Error, Fact, Result};

/// An app as it is shown, without its secrets.
pub fn show(tx: &mut ReadTx<'_>, account: AccountId, app: &App) -> Result<AppView> {
    let endpoint = webhooks::of_app(tx, account, app.id)?;
    Ok(AppView::new(app, endpoint.as_ref()))
}

fn lock(change: &mut Change<'_, '_>, app: AppId) -> Result<App> {
    apps::lock(change.tx, change.ctx.account_id, app)?.ok_or(Error::NotFound("app"))
}

/// Puts a change of an app into the journal and shows it as it is now.
fn record(change: &mut Change<'_, '_>, kind: EventKind, app: AppId) -> Result<AppView> {
    let account = change.ctx.account_id;
    let app = apps::get(change.tx, account, app)?.ok_or(Error::NotFound("app"))?;
    let view = show(change.tx, account, &app)?;
    change.record(&Fact::new(kind, json!({"app": view})).about(app.id.0))?;
    Ok(view)
}
