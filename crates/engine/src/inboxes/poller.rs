//! The questions of one node for news of all bots that Telegram cannot call.

use std::collections::HashSet;
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tertulia_channels::telegram::POLL_SECS;
use tertulia_domain::inbox::{Channel, InboxSettings, TelegramMode};
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::{Scope, inboxes};
use tokio::sync::watch;

use super::poll::{Polled, poll, release};
use crate::{Engine, Error, Result, secret};

/// How often the list of bots is read: a new one waits as long.
const SCAN: Duration = Duration::from_secs(3);
/// How long to rest when the database does not answer.
const REST: Duration = Duration::from_secs(2);

type Place = (AccountId, InboxId);
type Asking = Pin<Box<dyn Future<Output = Place> + Send>>;

/// Asks for news until shutdown.
pub struct Poller {
    engine: Engine,
    /// Who holds the leases: this run of this node.
    holder: String,
}

impl Poller {
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        let holder = secret::random_hex(engine.entropy.as_ref());
        Self { engine, holder }
    }

    /// Asks until shutdown. Every bot has a question of its own under way.
    pub async fn run(&self, mut shutdown: watch::Receiver<bool>) {
        let mut asking: FuturesUnordered<Asking> = FuturesUnordered::new();
        let mut asked: HashSet<Place> = HashSet::new();
        while !*shutdown.borrow() {
            match self.places().await {
                Ok(places) => {
                    for place in places {
                        if asked.insert(place) {
                            asking.push(ask(self.engine.clone(), self.holder.clone(), place));
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "the bots to ask are not known"),
            }
            let scan = tokio::time::sleep(SCAN);
            tokio::pin!(scan);
            loop {
                tokio::select! {
                    _ = shutdown.changed() => break,
                    () = &mut scan => break,
                    Some(place) = asking.next(), if !asking.is_empty() => {
                        asked.remove(&place);
                    }
                }
            }
        }
        drop(asking);
        for (account, inbox) in asked {
            // Otherwise the lease ends by itself.
            drop(release(&self.engine, &self.holder, account, inbox).await);
        }
    }

    async fn places(&self) -> Result<Vec<Place>> {
        let read = self.engine.store.read::<_, Error, _>(Scope::System, |tx| {
            Ok(inboxes::of_channel(tx, Channel::Telegram)?)
        });
        let polls = |settings: &InboxSettings| matches!(settings, InboxSettings::Telegram(s) if s.mode == Some(TelegramMode::Polling));
        let found = read.await?.into_iter();
        let found = found.filter(|(_, inbox)| polls(&inbox.settings));
        Ok(found.map(|(account, inbox)| (account, inbox.id)).collect())
    }
}

/// Asks for news of one bot for as long as this node may.
fn ask(engine: Engine, holder: String, place: Place) -> Asking {
    Box::pin(async move {
        let mut offset = None;
        loop {
            match poll(&engine, &holder, place, offset, POLL_SECS).await {
                Ok(Polled::Taken { next, .. }) => offset = next,
                Ok(Polled::Rest(rest)) => tokio::time::sleep(rest).await,
                Ok(Polled::NotOurs) => return place,
                Err(error) => {
                    tracing::warn!(inbox.id = place.1.0, %error, "news of a bot are not stored");
                    offset = None;
                    tokio::time::sleep(REST).await;
                }
            }
        }
    })
}
