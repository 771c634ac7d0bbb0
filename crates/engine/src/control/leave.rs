//! An app has gone or was switched off: what it held goes to people, a few conversations at a time.

use serde_json::{Value, json};
use tertulia_domain::control::{ControlVerb, Holder};
use tertulia_domain::{AccountId, AppId, ConversationId};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, conversations};

use super::set;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job.
pub const LEAVE: &str = "app.leave";
/// Conversations of one turn.
const CONVERSATIONS_MAX: i64 = 200;

/// Has everything released that the app holds.
pub(crate) fn order_leave(change: &mut Change<'_, '_>, app: AppId) -> Result<()> {
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: LEAVE,
        lane: None,
        pool: None,
        payload: &json!({ "app_id": app }),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// The job.
pub async fn leave(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let app = payload.get("app_id").cloned().unwrap_or_default();
    let app: AppId = serde_json::from_value(app)
        .map_err(|e| Error::Internal(format!("payload of a leave: {e}")))?;
    loop {
        let held = engine
            .store
            .read(Scope::Account(account), move |tx| {
                let held = conversations::held_by_app(tx, account, app, CONVERSATIONS_MAX)?;
                Ok::<_, Error>(held)
            })
            .await?;
        if held.is_empty() {
            return Ok(());
        }
        for conversation in held {
            let_go(engine, account, conversation, app).await?;
        }
    }
}

async fn let_go(
    engine: &Engine,
    account: AccountId,
    conversation: ConversationId,
    app: AppId,
) -> Result<()> {
    let ctx = Ctx::system(account);
    let released = engine.transact_in_room(&ctx, conversation, move |change| {
        let mut conversation = change.conversation(conversation)?;
        if conversation.control.holder == Holder::App(app) {
            let next = conversation.control.release();
            let reason = Some("the app was switched off");
            set(change, &mut conversation, next, ControlVerb::Release, reason)?;
            change.changed(&mut conversation)?;
        }
        Ok(())
    });
    match released.await {
        // Erased in the meantime.
        Err(Error::NotFound(_)) => Ok(()),
        other => other,
    }
}
