//! Conversations as REST shows them: one, or many at the cost of one.

use serde_json::{Value, json};
use tertulia_domain::ConversationId;
use tertulia_engine::Ctx;
use tertulia_engine::views::ConversationView;
use tertulia_store::conversations::{self, Shown, Tally};
use tertulia_store::{Error as StoreError, ReadTx, Scope};

use crate::app::App;
use crate::compat::chatwoot::Refusal;
use crate::compat::chatwoot::shapes::{Cast, Scene, conversation};

/// One conversation.
pub(in super::super) async fn one(
    app: &App,
    ctx: &Ctx,
    id: ConversationId,
) -> Result<Value, Refusal> {
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = move |tx: &mut ReadTx<'_>| conversations::of_ids(tx, account, viewer, &[id]);
    let found = many(app, ctx, read).await?;
    found.into_iter().next().ok_or_else(Refusal::not_found)
}

/// What `read` finds: three statements for the conversations, and those of a [`Cast`].
pub(in super::super) async fn many<F>(app: &App, ctx: &Ctx, read: F) -> Result<Vec<Value>, Refusal>
where
    F: Fn(&mut ReadTx<'_>) -> tertulia_store::Result<Vec<Shown>> + Send + 'static,
{
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let views: Vec<_> = read(tx)?.iter().map(ConversationView::from).collect();
        let scene = Scene { conversations: &views, ..Scene::default() };
        Ok(Cast::read(tx, account, scene)?.map(|cast| (cast, views)))
    });
    let (cast, views) = read.await?.ok_or_else(Refusal::not_found)?;
    let cast = cast.at(app);
    Ok(views.iter().map(|view| conversation::rest(&cast, view)).collect())
}

/// The counts of a list.
pub(super) fn counts(tally: Tally) -> Value {
    json!({
        "mine_count": tally.mine,
        "assigned_count": tally.assigned,
        "unassigned_count": tally.unassigned,
        "all_count": tally.all,
    })
}
