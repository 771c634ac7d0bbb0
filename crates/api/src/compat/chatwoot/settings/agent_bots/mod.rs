//! Agent bots: the apps of the account that speak Chatwoot's contract.

mod create;
mod delete;
mod list;
mod reset_access_token;
mod reset_secret;
mod show;
mod update;

use axum::http::Method;
use serde_json::{Value, json};
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_domain::app::{self, ContractKind};
use tertulia_domain::webhook::Webhook;
use tertulia_engine::Ctx;
use tertulia_store::{Error, ReadTx, Scope, apps, webhooks};

use crate::app::App;
use crate::compat::chatwoot::{Fields, Refusal, Reply, Routes};

const ONE: &str = "/agent_bots/{id}";
const NO_PICTURES: &str = "Bots have no pictures.";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/agent_bots", list::list)
        .post("/agent_bots", create::create)
        .get(ONE, show::show)
        .patch(ONE, update::update)
        .delete(ONE, delete::delete)
        .absent(Method::DELETE, "/agent_bots/{id}/avatar", NO_PICTURES)
        .post("/agent_bots/{id}/reset_access_token", reset_access_token::reset_access_token)
        .post("/agent_bots/{id}/reset_secret", reset_secret::reset_secret)
}

/// A bot with where it is told what happens.
pub(super) struct Bot {
    app: app::App,
    endpoint: Option<Webhook>,
}

impl Bot {
    /// The app as a bot; `None` when it speaks our own contract.
    fn of(tx: &mut ReadTx<'_>, ctx: &Ctx, app: app::App) -> Result<Option<Self>, Error> {
        if app.contract != ContractKind::Chatwoot {
            return Ok(None);
        }
        let endpoint = webhooks::of_app(tx, ctx.account_id, app.id)?;
        Ok(Some(Self { app, endpoint }))
    }

    pub(super) fn id(&self) -> AppId {
        self.app.id
    }

    /// Secrets are for those who may change the bot.
    pub(super) fn shape(&self, ctx: &Ctx) -> Value {
        let manages = ctx.may(Permission::AppsManage);
        let mut shape = json!({
            "id": self.app.id,
            "name": self.app.name,
            "description": self.app.description,
            "thumbnail": "",
            "outgoing_url": self.endpoint.as_ref().map_or("", |endpoint| &endpoint.url),
            "bot_type": "webhook",
            "bot_config": {},
            "account_id": ctx.account_id,
            "access_token": manages.then_some(&self.app.token),
            "system_bot": false,
        });
        if let (true, Value::Object(shape)) = (manages, &mut shape) {
            let secret = self.endpoint.as_ref().map(|endpoint| endpoint.secret.clone());
            shape.insert("secret".to_owned(), secret.into());
        }
        shape
    }
}

/// One bot.
pub(super) async fn find(app: &App, ctx: &Ctx, id: AppId) -> Result<Bot, Refusal> {
    let (account, reader) = (ctx.account_id, ctx.clone());
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let Some(found) = apps::get(tx, account, id)? else { return Ok(None) };
            Bot::of(tx, &reader, found)
        })
        .await?;
    found.ok_or_else(Refusal::not_found)
}

async fn told(app: &App, ctx: &Ctx, id: AppId) -> Result<Reply, Refusal> {
    Ok(Reply(find(app, ctx, id).await?.shape(ctx)))
}

/// Refuses what bots cannot have here.
fn check(fields: &Fields) -> Result<(), Refusal> {
    match fields.filled("bot_type")?.as_deref() {
        None | Some("webhook" | "0") => Ok(()),
        Some(_) => Err(Refusal::wrong("bot_type", "must be webhook")),
    }
}
