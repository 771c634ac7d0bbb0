//! The handle that everybody has: let a socket in, tell what is only worth something now.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use tertulia_domain::user::PresenceState;
use tertulia_domain::{AccountId, Clock, ConversationId, InboxId, Timestamp, UserId};
use tertulia_store::sockets::{self, Place};
use tertulia_store::{Scope, Store};
use tokio::sync::{mpsc, oneshot, watch};

use crate::bus;
use crate::hint::Hint;
use crate::join::JoinRequest;
use crate::registry::{Registry, SocketCounts};
use crate::tail::Tail;
use crate::typing::Typing;
use crate::{Join, Joined, Refusal, Shapes, Typist};

/// Joins that wait for the tail; more are refused as unavailable.
const JOINS_MAX: usize = 4_096;
/// Conversations whose place is remembered.
const PLACES_MAX: u64 = 20_000;
/// How long a place is remembered; merging contacts can move a conversation.
const PLACE_SECS: u64 = 60;

/// What the hub works with.
#[derive(Clone)]
pub struct HubConfig {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub shapes: Shapes,
}

/// The real-time hub of this node, cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

pub(crate) struct Inner {
    pub config: HubConfig,
    registry: Mutex<Registry>,
    joins: mpsc::Sender<JoinRequest>,
    /// Held by the one task that runs; a second one would wait.
    pub requests: tokio::sync::Mutex<mpsc::Receiver<JoinRequest>>,
    places: Cache<(AccountId, ConversationId), Place>,
}

impl Hub {
    /// A hub without sockets; [`Hub::run`] keeps it going.
    #[must_use]
    pub fn new(config: HubConfig) -> Self {
        let (joins, requests) = mpsc::channel(JOINS_MAX);
        let places = Cache::builder()
            .max_capacity(PLACES_MAX)
            .time_to_live(Duration::from_secs(PLACE_SECS))
            .build();
        let requests = tokio::sync::Mutex::new(requests);
        let registry = Mutex::new(Registry::new(config.store.hints().is_some()));
        Self(Arc::new(Inner { config, registry, joins, requests, places }))
    }

    /// Follows the journal until `shutdown` turns true, then ends every socket. Only one runs at a time;
    /// after a panic it can be run again, and the sockets that were there come back.
    pub async fn run(self, shutdown: watch::Receiver<bool>) {
        let requests = self.0.requests.lock().await;
        let tail = Tail::new(self.clone(), requests).run(shutdown.clone());
        tokio::join!(tail, bus::run(&self, shutdown));
    }

    /// Lets a socket in, at an exact place of the journal.
    pub async fn join(&self, join: Join) -> Result<Joined, Refusal> {
        let (reply, answer) = oneshot::channel();
        let request = JoinRequest { join, reply };
        self.0.joins.try_send(request).map_err(|_| Refusal::Unavailable)?;
        answer.await.unwrap_or(Err(Refusal::Unavailable))
    }

    /// Whether somebody is there to answer an inbox's customers.
    #[must_use]
    pub fn is_served(&self, account: AccountId, inbox: InboxId) -> bool {
        self.registry().account(account).is_some_and(|sockets| sockets.is_served(inbox))
    }

    /// Whether a user is there, on any node.
    #[must_use]
    pub fn presence(&self, account: AccountId, user: UserId) -> PresenceState {
        let registry = self.registry();
        registry.account(account).map_or(PresenceState::Offline, |sockets| sockets.user_state(user))
    }

    /// A customer types, or stopped.
    pub fn customer_types(
        &self,
        account: AccountId,
        conversation_id: ConversationId,
        place: Place,
        name: &str,
        on: bool,
    ) {
        let who = Typist::Customer { id: place.contact_id, name: name.to_owned() };
        self.types(account, &Typing { conversation_id, place, who }, on);
    }

    /// A person or a program of the account types to the customer, or stopped; nobody's own `id` is
    /// needed.
    pub async fn staff_types(
        &self,
        account: AccountId,
        conversation_id: ConversationId,
        id: Option<UserId>,
        name: &str,
        on: bool,
    ) {
        let Some(place) = self.place(account, conversation_id).await else { return };
        let who = Typist::Agent { id, name: name.to_owned() };
        self.types(account, &Typing { conversation_id, place, who }, on);
    }

    /// How many sockets this node has.
    #[must_use]
    pub fn socket_counts(&self) -> SocketCounts {
        self.registry().socket_counts()
    }

    pub(crate) fn types(&self, account: AccountId, typing: &Typing, on: bool) {
        let now = self.now();
        let spread = self.registry().account_mut(account).set_typing(typing, on, now);
        if spread.elsewhere {
            self.config().store.tell_others(Hint::typing(account, typing, on).text());
        }
    }

    /// Where a conversation takes place: remembered, so that typing does not ask the database.
    pub(crate) async fn place(
        &self,
        account: AccountId,
        conversation: ConversationId,
    ) -> Option<Place> {
        let key = (account, conversation);
        if let Some(place) = self.0.places.get(&key) {
            return Some(place);
        }
        let read = self
            .0
            .config
            .store
            .read(Scope::Account(account), move |tx| sockets::place(tx, account, conversation));
        // A hint is not worth an error: without a place it goes to nobody.
        let place = read.await.ok().flatten()?;
        self.0.places.insert(key, place);
        Some(place)
    }

    pub(crate) fn forget_places(&self) {
        self.0.places.invalidate_all();
    }

    pub(crate) fn config(&self) -> &HubConfig {
        &self.0.config
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.config.clock.now()
    }

    pub(crate) fn registry(&self) -> MutexGuard<'_, Registry> {
        self.0.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Typing {
    pub(crate) fn by_agent(
        conversation_id: ConversationId,
        place: Place,
        user: UserId,
        name: String,
    ) -> Self {
        Self { conversation_id, place, who: Typist::Agent { id: Some(user), name } }
    }
}
