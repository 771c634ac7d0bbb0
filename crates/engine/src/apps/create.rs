//! A new app, with its token and its endpoint.

use tertulia_domain::access::Permission;
use tertulia_domain::app::{ACK_SECS, App, ContractKind};
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{EventFilter, Webhook};
use tertulia_domain::{AppId, WebhookId};
use tertulia_store::{apps, webhooks};

use super::{check, record};
use crate::tokens::format;
use crate::views::AppView;
use crate::{Ctx, Engine, Error, Result, check as fields, secret};

/// Apps of one account.
const APPS_MAX: i64 = 100;

/// An app to install.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub name: String,
    pub description: String,
    pub contract: ContractKind,
    /// `None`: what apps of this contract usually need.
    pub scopes: Option<Vec<Permission>>,
    /// Where it is told what happens; `None`: it only asks.
    pub url: Option<String>,
    pub ack_secs: Option<i64>,
    pub hands_over_on_failure: bool,
}

/// Installs an app. Its token and the secret of its endpoint are in this answer.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    let app = App {
        id: AppId(0),
        name: fields::name("/name", &command.name)?,
        description: fields::text("/description", &command.description)?,
        contract: command.contract,
        scopes: check::scopes(ctx, command.contract, command.scopes)?,
        token: format::generate_for_app(engine.entropy.as_ref()),
        enabled: true,
        hands_over_on_failure: command.hands_over_on_failure,
        places: Vec::new(),
        created_at: engine.clock.now(),
    };
    let ack_secs = check::ack_secs(command.ack_secs.unwrap_or(ACK_SECS))?;
    let url = command.url.map(|url| crate::webhooks::check_url(engine, &url)).transpose()?;
    let endpoint = url.map(|url| endpoint(engine, &app, url, ack_secs));
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            let account = change.ctx.account_id;
            if apps::count(change.tx, account)? >= APPS_MAX {
                let detail = format!("An account has at most {APPS_MAX} apps.");
                return Err(Error::Conflict { code: "conflict", detail });
            }
            let id = apps::create(change.tx, account, &app, &secret::hash(&app.token))?;
            if let Some(endpoint) = &endpoint {
                let endpoint = Webhook { app_id: Some(id), ..endpoint.clone() };
                webhooks::create(change.tx, account, &endpoint)?;
            }
            let view = record(change, EventKind::AppCreated, id)?;
            let secret = endpoint.as_ref().map(|endpoint| endpoint.secret.clone());
            Ok(AppView { token: Some(app.token.clone()), secret, ..view })
        })
        .await
}

/// The endpoint of an app; which app it is of is known when that has its id.
pub(super) fn endpoint(engine: &Engine, app: &App, url: String, ack_secs: i64) -> Webhook {
    let now = engine.clock.now();
    Webhook {
        id: WebhookId(0),
        url,
        description: String::new(),
        filter: EventFilter::All,
        contract: app.contract,
        app_id: None,
        inbox_id: None,
        ack_secs,
        secret: secret::signing(engine.entropy.as_ref()),
        previous_secret: None,
        enabled: true,
        enabled_at: now,
        failing_since: None,
        last_failure_at: None,
        created_at: now,
    }
}
