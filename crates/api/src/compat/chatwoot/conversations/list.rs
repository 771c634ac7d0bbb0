//! `GET conversations` and `GET conversations/meta`: a page of the list, and how many there are.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_engine::Ctx;
use tertulia_store::conversations::{self, Tally};
use tertulia_store::{Error as StoreError, Scope};

use super::asked::{self, PAGE, Question, UNPAGED_MAX};
use super::shown;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let mut questions = asked::questions(&fields, &ctx, app.engine.clock.now())?;
    let assignee = asked::assignee(&fields, &ctx)?;
    let order = asked::order(&fields)?;
    let page = match fields.integer("updated_within")? {
        Some(_) => (0, UNPAGED_MAX),
        None => asked::page(&fields, PAGE)?,
    };
    let tally = tally(&app, &ctx, questions.clone()).await?;
    questions.extend(assignee);
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let payload = shown::many(&app, &ctx, move |tx| {
        conversations::ask(tx, account, viewer, &questions, order, page)
    });
    let payload = payload.await?;
    Ok(Reply(json!({"data": {"meta": shown::counts(tally), "payload": payload}})))
}

pub(super) async fn meta(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let questions = asked::questions(&fields, &ctx, app.engine.clock.now())?;
    let tally = tally(&app, &ctx, questions).await?;
    Ok(Reply(json!({"meta": shown::counts(tally)})))
}

/// How many there are, whoever is to answer them.
pub(super) async fn tally(
    app: &App,
    ctx: &Ctx,
    questions: Vec<Question>,
) -> Result<Tally, Refusal> {
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        conversations::tally(tx, account, viewer, &questions)
    });
    Ok(read.await?)
}
