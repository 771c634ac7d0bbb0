//! An app that was silent may have been at work: what it wrote since then is its answer.

use tertulia_domain::AccountId;
use tertulia_store::deliveries::Attempt;
use tertulia_store::{Scope, messages};

use super::deliver::Prepared;
use super::post::was_silent;
use crate::{Engine, Error, Result};

/// How the attempt is written down that need not be made: before this one the app was silent, and it has
/// written into the conversation since the event. `None`: it has not, or has not been asked yet.
pub(super) async fn answered_meanwhile(
    engine: &Engine,
    account: AccountId,
    prepared: &Prepared,
) -> Result<Option<Attempt>> {
    let Prepared { webhook, delivery, event, .. } = prepared;
    let (Some(app), Some(conversation)) = (webhook.app_id, event.conversation_id) else {
        return Ok(None);
    };
    // One that could not be reached was told nothing, so nothing that it writes is an answer.
    if !was_silent(delivery.error.as_deref()) {
        return Ok(None);
    }
    let since = event.at;
    let wrote = engine.store.read(Scope::Account(account), move |tx| {
        messages::has_app_written(tx, account, conversation, app, since).map_err(Error::from)
    });
    let words = || "it answered through the API instead".to_owned();
    Ok(wrote.await?.then(|| Attempt { error: Some(words()), ..Attempt::default() }))
}
