//! One subscription: a token that was recognised, its socket at the hub, and who is there.

use std::time::Duration;

use serde_json::Value;
use tertulia_domain::{AccountId, InboxId, UserId};
use tertulia_engine::Error;
use tertulia_engine::stream_tokens::{self, Listener};
use tertulia_live::{Access, Attendance, Credential, Frame, Join, Output, Refusal, Subscription};
use tertulia_store::{Scope, inboxes};

use super::events;
use super::frames;
use super::heard::Heard;
use super::identifier::Identifier;
use super::roster::Roster;
use super::texts::Texts;
use crate::app::App;
use crate::compat::chatwoot::public;

/// How long a person counts as there after saying so; clients say so every 20 seconds.
const AGENT_HERE_FOR: Duration = Duration::from_secs(20);
/// The same for customers, whose clients say so every minute.
const CONTACT_HERE_FOR: Duration = Duration::from_secs(90);

/// A room that was joined.
pub(super) struct Room {
    identifier: String,
    account: AccountId,
    audience: Audience,
    subscription: Subscription,
    roster: Roster,
}

/// Who listens.
enum Audience {
    Agent(UserId),
    Contact(public::Listener, InboxId),
}

/// Why a room was not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    /// The token is not good, or not of whom it is said to be.
    Rejected,
    /// The database does not answer: the client comes back.
    Later,
}

impl Room {
    /// Joins the room of a token; answers what the hub says first.
    pub(super) async fn open(
        app: &App,
        identifier: String,
        wanted: &Identifier,
    ) -> Result<(Self, Vec<Frame>), Denied> {
        let listener = stream_tokens::recognise(&app.engine, &wanted.pubsub_token).await;
        let credential = credential(&listener.map_err(|error| denied(&error))?, wanted)?;
        let account = account_of(&credential);
        let (topics, attendance) = (vec!["account".to_owned()], Attendance::Word);
        let join = Join { credential, topics, cursor: None, attendance };
        let joined = app.live.join(join).await.map_err(refused)?;
        let mut subscription = joined.subscription;
        // There is no gap to replay: what the opening says is only for our own clients.
        while subscription.opening().await.map_err(refused)?.is_some() {}
        let audience = match subscription.access().ok_or(Denied::Rejected)? {
            Access::Staff(staff) => Audience::Agent(staff.user_id),
            Access::Visitor(visitor) => {
                let contact = public::Listener::new(account, visitor.contact_id);
                Audience::Contact(contact, visitor.inbox_id)
            }
        };
        let roster = Roster::default();
        Ok((Self { identifier, account, audience, subscription, roster }, joined.greeting))
    }

    pub(super) fn identifier(&self) -> &str {
        &self.identifier
    }

    pub(super) async fn next(&self) -> Output {
        self.subscription.next().await
    }

    pub(super) fn heard(&self) {
        self.subscription.heard();
    }

    /// The texts that a frame of the hub makes for this room.
    pub(super) async fn tell(&mut self, app: &App, texts: &Texts, frame: &Frame) -> Vec<String> {
        let account = self.account;
        let heard = Heard::read(frame);
        if let Heard::Presence { user_id, contact_id, state } = heard {
            user_id.into_iter().for_each(|user| self.roster.set_user(user, state));
            contact_id.into_iter().for_each(|contact| self.roster.set_contact(contact, state));
            return Vec::new();
        }
        let made = match &mut self.audience {
            Audience::Agent(_) => {
                let make = async {
                    match heard {
                        Heard::Event { event } => events::for_agents(app, account, *event).await,
                        Heard::Typing { conversation_id, who, on } => {
                            events::typing(app, account, (conversation_id, who, on)).await
                        }
                        Heard::Presence { .. } | Heard::Other => Ok(Vec::new()),
                    }
                };
                texts.of(account, frame, make).await.map(|lines| lines.to_vec())
            }
            Audience::Contact(listener, _) => match heard {
                Heard::Event { event } => listener.event(app, *event).await,
                Heard::Typing { conversation_id, who, on } => {
                    listener.typing(app, conversation_id, &who, on).await
                }
                Heard::Presence { .. } | Heard::Other => Ok(Vec::new()),
            },
        };
        let lines = made.unwrap_or_else(|error| {
            // The client reloads when it misses something; it cannot be told what it was.
            tracing::warn!(%error, "an event could not be said to a socket");
            Vec::new()
        });
        lines.iter().map(|line| frames::message(&self.identifier, line)).collect()
    }

    /// Whoever listens is there; answers who else is.
    pub(super) async fn is_here(&mut self, app: &App) -> Vec<String> {
        let update = match &self.audience {
            Audience::Agent(user) => {
                self.subscription.is_here(AGENT_HERE_FOR);
                self.roster.set_user(*user, app.live.presence(self.account, *user));
                self.roster.for_agents(self.account)
            }
            Audience::Contact(_, inbox) => {
                self.subscription.is_here(CONTACT_HERE_FOR);
                self.of_inbox(app, *inbox).await
            }
        };
        let line = events::line(self.account, "presence.update", update, None);
        vec![frames::message(&self.identifier, &line)]
    }

    /// Who serves the inbox and is there.
    async fn of_inbox(&self, app: &App, inbox: InboxId) -> Value {
        let account = self.account;
        let read = app
            .engine
            .store
            .read(Scope::Account(account), move |tx| inboxes::members(tx, account, inbox));
        let mut roster = Roster::default();
        // A hint is not worth an error: nobody is claimed to be there.
        for user in read.await.unwrap_or_default() {
            roster.set_user(user, app.live.presence(account, user));
        }
        roster.for_contact(account)
    }
}

/// The credential that the hub checks again whenever it may have ended.
fn credential(listener: &Listener, wanted: &Identifier) -> Result<Credential, Denied> {
    let is_wanted = |id: i64, wanted: Option<&super::identifier::Number>| {
        wanted.is_none_or(|wanted| wanted.is(id))
    };
    match *listener {
        Listener::Session { account, user, session } => {
            let named = wanted.account_id.as_ref().and_then(|id| id.get());
            let account = named.map_or(account, AccountId);
            is_wanted(user.0, wanted.user_id.as_ref()).then_some(Credential::Session {
                account,
                user,
                session,
            })
        }
        Listener::Token { account, user, token } => {
            let is_meant = is_wanted(user.0, wanted.user_id.as_ref())
                && is_wanted(account.0, wanted.account_id.as_ref());
            is_meant.then_some(Credential::Token { account, user, token })
        }
        Listener::Customer { account, identity } => {
            wanted.user_id.is_none().then_some(Credential::Customer { account, identity })
        }
    }
    .ok_or(Denied::Rejected)
}

fn account_of(credential: &Credential) -> AccountId {
    match credential {
        Credential::Session { account, .. }
        | Credential::Token { account, .. }
        | Credential::Visitor { account, .. }
        | Credential::Customer { account, .. } => *account,
    }
}

fn denied(error: &Error) -> Denied {
    match error {
        Error::Unauthenticated { .. } => Denied::Rejected,
        _ => Denied::Later,
    }
}

fn refused(refusal: Refusal) -> Denied {
    match refusal {
        Refusal::SignedOut
        | Refusal::IdentityRequired
        | Refusal::Blocked
        | Refusal::OriginNotAllowed => Denied::Rejected,
        Refusal::Unavailable => Denied::Later,
    }
}
