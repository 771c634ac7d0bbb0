//! Webhooks of the account that are told in Chatwoot's words.

mod create;
mod delete;
mod list;
mod update;

use serde_json::{Value, json};
use tertulia_domain::app::ContractKind;
use tertulia_domain::webhook::Webhook;
use tertulia_domain::{AccountId, WebhookId};
use tertulia_engine::Ctx;
use tertulia_store::{Error, Scope, webhooks};

use super::ROWS_MAX;
use crate::app::App;
use crate::compat::chatwoot::{Refusal, Reply, Routes};

const ONE: &str = "/webhooks/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/webhooks", list::list)
        .post("/webhooks", create::create)
        .patch(ONE, update::update)
        .delete(ONE, delete::delete)
}

/// All of them; those in our own words are not here.
async fn all(app: &App, ctx: &Ctx) -> Result<Vec<Webhook>, Refusal> {
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            webhooks::list(tx, account, WebhookId(0), ROWS_MAX)
        })
        .await?;
    Ok(found.into_iter().filter(|webhook| webhook.contract == ContractKind::Chatwoot).collect())
}

async fn find(app: &App, ctx: &Ctx, id: i64) -> Result<Webhook, Refusal> {
    let all = all(app, ctx).await?;
    all.into_iter().find(|webhook| webhook.id.0 == id).ok_or_else(Refusal::not_found)
}

async fn told(app: &App, ctx: &Ctx, id: WebhookId) -> Result<Reply, Refusal> {
    let webhook = shape(ctx.account_id, &find(app, ctx, id.0).await?);
    Ok(Reply(json!({"payload": {"webhook": webhook}})))
}

/// Every endpoint has its own address in Chatwoot.
async fn require_new(app: &App, ctx: &Ctx, url: &str) -> Result<(), Refusal> {
    if all(app, ctx)
        .await?
        .iter()
        .any(|webhook| webhook.url.trim_end_matches('/') == url.trim_end_matches('/'))
    {
        return Err(Refusal::invalid("Url has already been taken", &["url"]));
    }
    Ok(())
}

fn shape(account: AccountId, webhook: &Webhook) -> Value {
    let mut shape = json!({
        "id": webhook.id,
        "name": webhook.description,
        "url": webhook.url,
        "account_id": account,
        "subscriptions": webhook.filter.words(),
        "secret": webhook.secret,
    });
    if let (Some(inbox), Value::Object(shape)) = (webhook.inbox_id, &mut shape) {
        shape.insert("inbox".to_owned(), json!({"id": inbox}));
    }
    shape
}
