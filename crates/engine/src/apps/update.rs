//! Name, scopes, switch and endpoint of an app.

use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_domain::app::{ACK_SECS, App};
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::Webhook;
use tertulia_store::{apps, webhooks};

use super::create::endpoint;
use super::{check, lock, record};
use crate::control::order_leave;
use crate::views::AppView;
use crate::{Change, Ctx, Engine, Result, check as fields};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub description: Option<String>,
    pub scopes: Option<Vec<Permission>>,
    pub enabled: Option<bool>,
    pub hands_over_on_failure: Option<bool>,
    /// `Some(None)` takes the endpoint away.
    pub url: Option<Option<String>>,
    pub ack_secs: Option<i64>,
}

/// Changes an app. Switched off, it lets go of every conversation that it holds.
pub async fn update(engine: &Engine, ctx: &Ctx, app: AppId, command: Update) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    let name = command.name.as_deref().map(|name| fields::name("/name", name)).transpose()?;
    let text = command.description.as_deref().map(|text| fields::text("/description", text));
    let description = text.transpose()?;
    let ack_secs = command.ack_secs.map(check::ack_secs).transpose()?;
    let url = match &command.url {
        Some(Some(url)) => Some(Some(crate::webhooks::check_url(engine, url)?)),
        Some(None) => Some(None),
        None => None,
    };
    let engine_of_endpoint = engine.clone();
    engine
        .commit(ctx, move |change| {
            let before = lock(change, app)?;
            let mut changed = before.clone();
            changed.name = name.clone().unwrap_or(changed.name);
            changed.description = description.clone().unwrap_or(changed.description);
            if let Some(scopes) = &command.scopes {
                changed.scopes = check::scopes(change.ctx, changed.contract, Some(scopes.clone()))?;
            }
            changed.enabled = command.enabled.unwrap_or(changed.enabled);
            changed.hands_over_on_failure =
                command.hands_over_on_failure.unwrap_or(changed.hands_over_on_failure);
            apps::update(change.tx, change.ctx.account_id, &changed)?;
            let target = Target { url: url.clone(), ack_secs };
            set_endpoint(&engine_of_endpoint, change, &changed, target)?;
            if before.enabled && !changed.enabled {
                order_leave(change, app)?;
            }
            record(change, EventKind::AppUpdated, app)
        })
        .await
}

/// What is to become of the endpoint; `None` stays.
struct Target {
    url: Option<Option<String>>,
    ack_secs: Option<i64>,
}

/// The endpoint goes with the app: on while it is on, and new life after a new address.
fn set_endpoint(
    engine: &Engine,
    change: &mut Change<'_, '_>,
    app: &App,
    target: Target,
) -> Result<()> {
    let account = change.ctx.account_id;
    let found = webhooks::of_app(change.tx, account, app.id)?;
    match (found, target.url) {
        (Some(found), Some(None)) => {
            webhooks::delete(change.tx, account, found.id)?;
        }
        (None, Some(Some(url))) => {
            let ack_secs = target.ack_secs.unwrap_or(ACK_SECS);
            let made = endpoint(engine, app, url, ack_secs);
            let made = Webhook { app_id: Some(app.id), enabled: app.enabled, ..made };
            webhooks::create(change.tx, account, &made)?;
        }
        (Some(mut found), url) => {
            let was_on = found.enabled;
            // Saving an app that is on also switches on an endpoint that was given up on.
            found.enabled = app.enabled;
            if found.enabled && !was_on {
                found.enabled_at = change.now;
                found.failing_since = None;
            }
            found.url = url.flatten().unwrap_or(found.url);
            found.ack_secs = target.ack_secs.unwrap_or(found.ack_secs);
            webhooks::update(change.tx, account, &found)?;
        }
        (None, Some(None) | None) => {}
    }
    Ok(())
}
