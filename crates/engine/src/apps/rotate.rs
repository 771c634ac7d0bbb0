//! New secrets of an app: its token stops at once, the endpoint's old secret signs for another day.

use serde_json::json;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::{Scope, apps, webhooks};

use super::{lock, record};
use crate::tokens::format;
use crate::views::AppView;
use crate::{Ctx, Engine, Error, Fact, Result, secret};

/// Gives an app another token.
pub async fn rotate_token(engine: &Engine, ctx: &Ctx, app: AppId) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    let token = format::generate_for_app(engine.entropy.as_ref());
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            let account = change.ctx.account_id;
            lock(change, app)?;
            apps::set_token(change.tx, account, app, &token, &secret::hash(&token))?;
            let fact = Fact::new(EventKind::AppTokenRotated, json!({ "id": app }));
            change.record(&fact.about(app.0))?;
            let view = record(change, EventKind::AppUpdated, app)?;
            Ok(AppView { token: Some(token.clone()), ..view })
        })
        .await
}

/// Gives the endpoint of an app another secret.
pub async fn rotate_secret(engine: &Engine, ctx: &Ctx, app: AppId) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    let account = ctx.account_id;
    let found = engine.store.read(Scope::Account(account), move |tx| {
        Ok::<_, Error>(webhooks::of_app(tx, account, app)?)
    });
    let endpoint = found.await?.ok_or(Error::NotFound("app with an endpoint"))?;
    let rotated = crate::webhooks::rotate(engine, ctx, endpoint.id).await?;
    let view = engine.store.read(Scope::Account(account), move |tx| {
        let app = apps::get(tx, account, app)?.ok_or(Error::NotFound("app"))?;
        super::show(tx, account, &app)
    });
    Ok(AppView { secret: Some(rotated.secret), ..view.await? })
}
