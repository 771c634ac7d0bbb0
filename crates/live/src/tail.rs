//! The one task: follows the journal, lets sockets in, reads doubted rights anew. One thing at a time,
//! so a socket joins exactly between two events and a revoked one gets nothing behind the revocation.

use std::sync::Arc;
use std::time::Duration;

use tertulia_store::events::{self, Cursor, Event};
use tertulia_store::{Error, Result, Scope, Wake};
use tokio::sync::{MutexGuard, mpsc, oneshot, watch};
use tokio::time::{MissedTickBehavior, interval};

use crate::join::JoinRequest;
use crate::registry::{Attending, Line, Socket, SocketId};
use crate::resolve::{self, Resolved};
use crate::revoke::{Doubt, doubt};
use crate::{Close, Credential, Frame, Hub, Join, Joined, Refusal, Subscription, replay};

/// Events that are read at a time.
const PAGE_EVENTS: i64 = 256;
/// Joins that are answered with one read.
const JOINS_AT_ONCE: usize = 256;
/// How long an event can wait when its wake-up was lost, on this node or from another.
const POLL_EVERY: Duration = Duration::from_millis(200);
/// Every so many polls, time passes for presence, typing and dead peers.
const POLLS_PER_SWEEP: u32 = 5;

/// The hub's task.
pub(crate) struct Tail<'a> {
    hub: Hub,
    joins: MutexGuard<'a, mpsc::Receiver<JoinRequest>>,
    position: Cursor,
}

impl<'a> Tail<'a> {
    pub(crate) fn new(hub: Hub, joins: MutexGuard<'a, mpsc::Receiver<JoinRequest>>) -> Self {
        Self { hub, joins, position: Cursor::default() }
    }

    pub(crate) async fn run(mut self, mut shutdown: watch::Receiver<bool>) {
        let mut wakes = self.hub.config().store.wakes(Wake::Events);
        let mut polls = interval(POLL_EVERY);
        polls.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut polled = 0_u32;
        let mut is_started = false;
        loop {
            tokio::select! {
                () = asked_to_end(&mut shutdown) => break,
                Some(request) = self.joins.recv(), if is_started => self.admit(request).await,
                // The sender lives in the store that we hold, so this only ever says "look".
                _ = wakes.changed(), if is_started => self.follow().await,
                _ = polls.tick() => {
                    if !is_started {
                        is_started = self.begin().await;
                        continue;
                    }
                    self.follow().await;
                    polled += 1;
                    if polled.is_multiple_of(POLLS_PER_SWEEP) {
                        let now = self.hub.now();
                        self.hub.registry().sweep(now);
                    }
                }
            }
        }
        self.hub.registry().close_all(Close::GoingAway);
    }

    /// Finds the end of the journal. Sockets of a run that panicked may have missed something before
    /// it: they come back and resume.
    async fn begin(&mut self) -> bool {
        self.hub.registry().close_all(Close::TooSlow);
        match self.hub.config().store.read(Scope::System, events::latest).await {
            Ok(latest) => {
                self.position = latest;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the journal cannot be read yet");
                false
            }
        }
    }

    /// Hands out everything behind the position.
    async fn follow(&mut self) {
        loop {
            let after = self.position;
            let read = self
                .hub
                .config()
                .store
                .read(Scope::System, move |tx| events::after(tx, after, PAGE_EVENTS));
            let page = match read.await {
                Ok(page) => page,
                // The next poll tries again from the same place.
                Err(error) => return tracing::warn!(%error, "the journal cannot be read"),
            };
            for event in &page {
                self.hand_out(event).await;
            }
            if i64::try_from(page.len()).unwrap_or(i64::MAX) < PAGE_EVENTS {
                return;
            }
        }
    }

    async fn hand_out(&mut self, event: &Event) {
        self.position = event.cursor;
        if let Some(doubt) = doubt(event) {
            self.check_again(doubt).await;
        }
        let shapes = self.hub.config().shapes;
        self.hub.registry().dispatch(event, &shapes);
    }

    /// Reads the access of doubted sockets anew. When that fails they are let go: they come back and
    /// are asked who they are.
    async fn check_again(&mut self, doubt: Doubt) {
        self.hub.forget_places();
        let doubted: Arc<[(SocketId, Credential)]> = {
            let registry = self.hub.registry();
            let concerned = registry.sockets().filter(|(_, socket)| doubt.concerns(socket));
            concerned.map(|(id, socket)| (id, socket.credential.clone())).collect()
        };
        if doubted.is_empty() {
            return;
        }
        let (now, credentials) = (self.hub.now(), Arc::clone(&doubted));
        let read = self.hub.config().store.read(Scope::System, move |tx| {
            let found = credentials.iter().map(|(_, who)| resolve::access(tx, who, now));
            found.collect::<Result<Vec<_>>>()
        });
        let found = read.await.unwrap_or_else(|error: Error| {
            tracing::warn!(%error, "rights cannot be read: the sockets have to come back");
            doubted.iter().map(|_| Err(Refusal::Unavailable)).collect()
        });
        let mut registry = self.hub.registry();
        for ((id, credential), access) in doubted.iter().zip(found) {
            registry.apply(credential.account(), *id, access, self.position);
        }
    }

    /// Lets waiting sockets in, as many as one read can answer.
    async fn admit(&mut self, first: JoinRequest) {
        let mut requests = vec![first];
        while requests.len() < JOINS_AT_ONCE {
            match self.joins.try_recv() {
                Ok(request) => requests.push(request),
                Err(_) => break,
            }
        }
        let (joins, replies): (Vec<Join>, Vec<_>) =
            requests.into_iter().map(|request| (request.join, request.reply)).unzip();
        let joins: Arc<[Join]> = joins.into();
        let (now, wanted) = (self.hub.now(), Arc::clone(&joins));
        let read = self.hub.config().store.read(Scope::System, move |tx| {
            let latest = events::latest(tx)?;
            let found = wanted.iter().map(|join| resolve::join(tx, join, now));
            Ok((latest, found.collect::<Result<Vec<_>>>()?))
        });
        match read.await {
            Ok((latest, found)) => {
                for ((join, reply), resolved) in joins.iter().zip(replies).zip(found) {
                    self.answer(join, reply, resolved, latest);
                }
            }
            Err::<_, Error>(error) => {
                tracing::warn!(%error, "sockets cannot be let in");
                for reply in replies {
                    drop(reply.send(Err(Refusal::Unavailable)));
                }
            }
        }
    }

    fn answer(
        &self,
        join: &Join,
        reply: oneshot::Sender<Result<Joined, Refusal>>,
        resolved: Result<Resolved, Refusal>,
        latest: Cursor,
    ) {
        let joined = resolved.map(|resolved| self.let_in(join, resolved, latest));
        // Who has hung up meanwhile drops the subscription, and leaves by that.
        drop(reply.send(joined));
    }

    fn let_in(&self, join: &Join, resolved: Resolved, latest: Cursor) -> Joined {
        let start = replay::start(join.cursor, self.position, latest);
        let line = Arc::new(Line::new(self.hub.now()));
        let socket = Socket {
            credential: join.credential.clone(),
            access: resolved.access,
            topics: resolved.topics,
            after: start.live_after(),
            viewing: None,
            attendance: Attending::of(&join.credential, join.attendance),
            line: Arc::clone(&line),
        };
        let account = join.credential.account();
        let (id, there) = self.hub.registry().insert(socket);
        let refused =
            resolved.refused.iter().map(|topic| Frame::error("not_found", Some(topic.as_str())));
        let greeting = refused.chain(there).collect();
        let subscription =
            Subscription::new(self.hub.clone(), account, (id, line), resolved.accepted, start);
        Joined { subscription, greeting }
    }
}

async fn asked_to_end(shutdown: &mut watch::Receiver<bool>) {
    // A sender that is gone will never say anything else.
    drop(shutdown.wait_for(|stop| *stop).await);
}
