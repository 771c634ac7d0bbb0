//! One socket's end of the hub: the opening, then whatever comes, until it is dropped.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::access::Permission;
use tertulia_domain::{AccountId, ConversationId};
use tertulia_store::events::{self, Cursor, Event};
use tertulia_store::{ReadTx, Result, Scope};

use crate::registry::{Line, SocketId};
use crate::replay::{Gap, Next, PAGE_EVENTS, Start};
use crate::typing::Typing;
use crate::{Access, Close, Frame, Hub, Output, Refusal};

/// A socket that has joined. Dropping it leaves.
pub struct Subscription {
    hub: Hub,
    account: AccountId,
    id: SocketId,
    line: Arc<Line>,
    topics: Vec<String>,
    opening: Opening,
}

/// What is still to be said before the socket is live.
enum Opening {
    Gap(Gap),
    Resync(Cursor),
    Ready(Cursor),
    Done,
}

impl Subscription {
    pub(crate) fn new(
        hub: Hub,
        account: AccountId,
        (id, line): (SocketId, Arc<Line>),
        topics: Vec<String>,
        start: Start,
    ) -> Self {
        let opening = match start {
            Start::Live { after } => Opening::Ready(after),
            Start::Replay { after, upto } => Opening::Gap(Gap::new(after, upto, PAGE_EVENTS)),
            Start::Resync { at } => Opening::Resync(at),
        };
        Self { hub, account, id, line, topics, opening }
    }

    /// The next frames of the opening: the gap page by page, then `ready`. `None`: live.
    pub async fn opening(&mut self) -> Result<Option<Vec<Frame>>, Refusal> {
        match &mut self.opening {
            Opening::Done => Ok(None),
            Opening::Ready(cursor) => {
                let frame = Frame::ready(*cursor, &self.topics);
                self.opening = Opening::Done;
                Ok(Some(vec![frame]))
            }
            Opening::Resync(cursor) => {
                let frame = Frame::resync(*cursor);
                self.opening = Opening::Ready(*cursor);
                Ok(Some(vec![frame]))
            }
            Opening::Gap(gap) => {
                let (after, upto) = (gap.after(), gap.upto());
                let mut page = self.page(after).await?;
                // The gap was taken out for reading; nothing else changes the opening meanwhile.
                let Opening::Gap(gap) = &mut self.opening else { return Ok(None) };
                match gap.take(&mut page) {
                    Next::More => {}
                    Next::Done => self.opening = Opening::Ready(upto),
                    Next::TooLong => self.opening = Opening::Resync(upto),
                }
                Ok(Some(self.frames(&page)))
            }
        }
    }

    /// What to do next. Live frames wait in the queue until this is called.
    pub async fn next(&self) -> Output {
        self.line.outbox.next().await
    }

    /// What to do next, if there is something already.
    #[must_use]
    pub fn try_next(&self) -> Option<Output> {
        self.line.outbox.try_next()
    }

    /// Waits for the end of the socket; for a sender that is stuck.
    pub async fn ended(&self) -> Close {
        self.line.outbox.ended().await
    }

    /// The other end has said something.
    pub fn heard(&self) {
        self.line.heard(self.hub.now());
    }

    /// The person types in a conversation, or stopped. Unknown conversations are nobody's business.
    /// Answers the account when it was told, so that a channel can be told, too.
    pub async fn types(&self, conversation: ConversationId, on: bool) -> Option<AccountId> {
        let place = self.hub.place(self.account, conversation).await?;
        let Some(Access::Staff(staff)) = self.access() else { return None };
        let may_write = staff.rights.has(Permission::ConversationsWrite);
        if !may_write || !staff.sees_inbox(place.inbox_id) {
            return None;
        }
        let typing = Typing::by_agent(conversation, place, staff.user_id, staff.name);
        self.hub.types(self.account, &typing, on);
        Some(self.account)
    }

    /// The person looks at a conversation, or at none.
    pub async fn views(&self, conversation: Option<ConversationId>) {
        let place = match conversation {
            Some(id) => self.hub.place(self.account, id).await.map(|place| (id, place)),
            None => None,
        };
        let Some(Access::Staff(staff)) = self.access() else { return };
        let viewing = place.filter(|(_, place)| staff.sees_inbox(place.inbox_id));
        self.hub.registry().account_mut(self.account).set_viewing(self.id, viewing);
    }

    /// The person is at the desk, or away from it.
    pub fn is_away(&self, is_away: bool) {
        if let Some(Access::Staff(staff)) = self.access() {
            self.hub.registry().account_mut(self.account).set_away(staff.user_id, is_away);
        }
    }

    /// Whoever is at the other end is there, and says so again before `for_now` is over. Only for a
    /// socket that joined with [`crate::Attendance::Word`].
    pub fn is_here(&self, for_now: Duration) {
        let until = self.hub.now().plus(for_now);
        self.hub.registry().account_mut(self.account).attend(self.id, until);
    }

    /// What the socket may see at this moment; `None` when it was let go.
    #[must_use]
    pub fn access(&self) -> Option<Access> {
        self.hub.registry().access(self.account, self.id)
    }

    async fn page(&self, after: Cursor) -> Result<Vec<Event>, Refusal> {
        let account = self.account;
        let room = match self.access() {
            Some(Access::Visitor(visitor)) => Some(visitor.room_id),
            Some(Access::Staff(_)) => None,
            None => return Err(Refusal::SignedOut),
        };
        let limit = i64::try_from(PAGE_EVENTS).unwrap_or(i64::MAX);
        let read = move |tx: &mut ReadTx<'_>| match room {
            None => events::after_in_account(tx, account, after, limit),
            Some(None) => Ok(Vec::new()),
            Some(Some(room)) => events::after_in_room(tx, account, room, after, limit),
        };
        self.hub.config().store.read(Scope::Account(account), read).await.map_err(|error| {
            tracing::warn!(%error, "a gap could not be replayed");
            Refusal::Unavailable
        })
    }

    /// The events that this socket may see, by its rights at this moment.
    fn frames(&self, page: &[Event]) -> Vec<Frame> {
        let shapes = self.hub.config().shapes;
        let registry = self.hub.registry();
        let socket = registry.account(self.account).and_then(|account| account.get(self.id));
        let Some(socket) = socket else { return Vec::new() };
        let shape = match &socket.access {
            Access::Staff(_) => shapes.staff,
            Access::Visitor(_) => shapes.visitor,
        };
        let visible =
            page.iter().filter(|event| socket.topics.include(event) && socket.access.sees(event));
        visible.filter_map(shape).map(|text| Frame::event(&text)).collect()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let now = self.hub.now();
        self.hub.registry().remove(self.account, self.id, now);
    }
}
