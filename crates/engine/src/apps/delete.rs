//! An app leaves the account: what it has said stays, what it holds goes to people.

use serde_json::json;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::{apps, webhooks};

use super::lock;
use crate::control::order_leave;
use crate::{Ctx, Engine, Fact, Result};

/// Removes an app; its token has no force from then on.
pub async fn delete(engine: &Engine, ctx: &Ctx, app: AppId) -> Result<()> {
    ctx.require(Permission::AppsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = lock(change, app)?;
            if let Some(endpoint) = webhooks::of_app(change.tx, account, app)? {
                webhooks::delete(change.tx, account, endpoint.id)?;
            }
            apps::delete(change.tx, account, app, change.now)?;
            order_leave(change, app)?;
            let data = json!({ "id": app, "name": found.name });
            change.record(&Fact::new(EventKind::AppDeleted, data).about(app.0))?;
            Ok(())
        })
        .await
}
