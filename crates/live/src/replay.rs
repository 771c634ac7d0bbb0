//! How a socket joins the journal: what it still has to read, and from where on it is live.
//!
//! The order is: the socket is registered at the hub's place, so that everything behind it waits in
//! its queue; then the gap up to that place is read from the journal; then the queue is let out.

use tertulia_store::events::{Cursor, Event};

/// Longest gap that is replayed, in events of the account.
pub(crate) const GAP_EVENTS_MAX: usize = 2_000;
/// Events that are read at a time.
pub(crate) const PAGE_EVENTS: usize = 100;

/// Where a socket starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Nothing to replay; live events up to here are known to the client already.
    Live { after: Cursor },
    /// Replay what lies behind `after` up to `upto`, then live.
    Replay { after: Cursor, upto: Cursor },
    /// The cursor is not of this journal: reload, then live.
    Resync { at: Cursor },
}

/// A replay under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    after: Cursor,
    upto: Cursor,
    page_events: usize,
    read: usize,
}

/// What one page of the gap leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    More,
    Done,
    TooLong,
}

/// Decides where a socket starts that is registered at `position`, the last place that the hub has
/// dispatched. `latest` is the newest place of the journal, which the hub may not have reached yet.
pub(crate) fn start(cursor: Option<Cursor>, position: Cursor, latest: Cursor) -> Start {
    match cursor {
        None => Start::Live { after: position },
        Some(cursor) if cursor > latest.max(position) => Start::Resync { at: position },
        Some(cursor) if cursor >= position => Start::Live { after: cursor },
        Some(cursor) => Start::Replay { after: cursor, upto: position },
    }
}

impl Start {
    /// Up to here live events are not for this socket: it replays them, or knows them.
    pub(crate) fn live_after(self) -> Cursor {
        match self {
            Start::Live { after } => after,
            Start::Replay { upto, .. } => upto,
            Start::Resync { at } => at,
        }
    }
}

impl Gap {
    pub(crate) fn new(after: Cursor, upto: Cursor, page_events: usize) -> Self {
        Self { after, upto, page_events, read: 0 }
    }

    /// The place behind which the next page begins.
    pub(crate) fn after(&self) -> Cursor {
        self.after
    }

    /// Where the replay ends and the socket is live.
    pub(crate) fn upto(&self) -> Cursor {
        self.upto
    }

    /// Takes a page, cut off at the end of the gap, and says how it goes on.
    pub(crate) fn take(&mut self, page: &mut Vec<Event>) -> Next {
        let is_last = page.len() < self.page_events;
        let full = page.len();
        page.retain(|event| event.cursor <= self.upto);
        self.read += page.len();
        if let Some(event) = page.last() {
            self.after = event.cursor;
        }
        if is_last || page.len() < full || self.after >= self.upto {
            return Next::Done;
        }
        if self.read >= GAP_EVENTS_MAX { Next::TooLong } else { Next::More }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(id: i64) -> Cursor {
        format!("0.{id}").parse().unwrap()
    }

    #[test]
    fn a_socket_starts_where_it_stopped() {
        let (position, latest) = (at(10), at(12));
        let check = |cursor: Option<i64>, expected: Start| {
            assert_eq!(start(cursor.map(at), position, latest), expected, "{cursor:?}");
        };
        check(None, Start::Live { after: at(10) });
        check(Some(0), Start::Replay { after: at(0), upto: at(10) });
        check(Some(9), Start::Replay { after: at(9), upto: at(10) });
        check(Some(10), Start::Live { after: at(10) });
        // Read by REST before the hub has come that far.
        check(Some(12), Start::Live { after: at(12) });
        check(Some(13), Start::Resync { at: at(10) });
    }
}
