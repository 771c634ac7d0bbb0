//! `GET|POST conversations/{id}/labels`: by their names; a new list replaces the old one.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_engine::conversations::set_labels;
use tertulia_engine::labels::{self as labels_of_account, Create};
use tertulia_engine::{Ctx, Error};
use tertulia_store::{Error as StoreError, Scope, conversations, labels};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

/// The colour of a label that nobody chose one for.
const COLOR: &str = "#1f93ff";

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    let account = ctx.account_id;
    let names = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::labels_of(tx, account, id))
        .await?;
    Ok(Reply(json!({"payload": names})))
}

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let names = fields.texts("labels")?.unwrap_or_default();
    let id = place.find(&app, &ctx).await?;
    vocabulary(&app, &ctx, &names).await?;
    let view = set_labels(&app.engine, &ctx, id, names).await?;
    Ok(Reply(json!({"payload": view.labels})))
}

/// Chatwoot takes any word as a label. Here labels are a list of the account, so whoever may add to it
/// does so by using a new word.
pub(in super::super) async fn vocabulary(
    app: &App,
    ctx: &Ctx,
    names: &[String],
) -> Result<(), Refusal> {
    if !ctx.may(Permission::LabelsManage) {
        return Ok(());
    }
    let (account, wanted) = (ctx.account_id, names.to_vec());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let mut missing = Vec::new();
        for name in &wanted {
            if labels::by_name(tx, account, name)?.is_none() {
                missing.push(name.clone());
            }
        }
        Ok(missing)
    });
    for name in read.await? {
        let (color, description) = (COLOR.to_owned(), String::new());
        let made = labels_of_account::create(&app.engine, ctx, Create { name, color, description });
        match made.await {
            // Somebody else was faster.
            Ok(_) | Err(Error::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
