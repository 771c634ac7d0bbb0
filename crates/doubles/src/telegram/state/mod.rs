//! The double's own books: what Telegram would know. One lock guards them all; every change is made
//! by a function here or in `methods` and `sim`, and wakes whoever waits for one.

mod books;
mod bots;
mod chats;
mod faults;
mod files;
mod limits;
mod people;
mod updates;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

pub use books::{Books, ChatBook, Delivered, Reception, Request, Violation};
pub(crate) use bots::{Bot, Webhook};
pub(crate) use chats::{Chat, Entry, Kind};
pub use faults::{Fault, FaultKind};
use files::StoredFile;
pub(crate) use files::{Media, NewFile};
pub use limits::Limits;
pub use people::NewUser;
pub(crate) use people::Person;
pub(crate) use people::number;
pub(crate) use updates::Queued;

use super::clock;

/// How the double behaves; every switch can be turned while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Rates above the limits are refused with 429.
    pub limits: Limits,
    /// Parameters and fields that the Bot API does not have are refused, not only recorded.
    pub refuse_unknown: bool,
    /// A webhook may be plain HTTP on any port, if its host is this machine.
    pub loopback_webhooks: bool,
    /// Pause before an update that a webhook refused is sent again; it doubles each time.
    pub retry_ms: i64,
    pub retry_ms_max: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            refuse_unknown: true,
            loopback_webhooks: true,
            retry_ms: 1_000,
            retry_ms_max: 60_000,
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    /// Set at the start of each change.
    pub(crate) now_ms: i64,
    /// What the control side has moved the clock by.
    pub(crate) clock_offset_ms: i64,
    pub(crate) bots: BTreeMap<i64, Bot>,
    pub(crate) people: BTreeMap<i64, Person>,
    /// By bot and chat: what two bots see of one chat is numbered apart.
    pub(crate) chats: BTreeMap<(i64, i64), Chat>,
    pub(crate) files: BTreeMap<String, StoredFile>,
    pub(crate) ledger: Vec<Request>,
    pub(crate) delivered: Vec<Delivered>,
    pub(crate) receptions: Vec<Reception>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) faults: Vec<Fault>,
    last_serial: i64,
    chance: u64,
}

impl State {
    pub(crate) fn now_secs(&self) -> i64 {
        self.now_ms / 1_000
    }

    /// A number that was never given before.
    pub(crate) fn serial(&mut self) -> i64 {
        self.last_serial += 1;
        self.last_serial
    }

    /// The next number of a fixed sequence below `end`: shuffles are the same in each run.
    pub(crate) fn chance(&mut self, end: usize) -> usize {
        // The multiplier and increment are Knuth's for 64 bits; the high bits are the good ones.
        self.chance = self
            .chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.chance >> 33).unwrap_or_default() % end.max(1)
    }
}

/// The books under their lock, and the bell that rings at each change.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn new(settings: Settings) -> Self {
        let state = State { settings, ..State::default() };
        Self { state: Mutex::new(state), changed: watch::Sender::new(0) }
    }

    /// Changes the books and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let outcome = self.look(change);
        self.changed.send_modify(|version| *version += 1);
        outcome
    }

    /// Reads the books, or writes what nobody waits for.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        // A handler that panicked leaves books that are still the best there are.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now_ms = clock::system_ms() + state.clock_offset_ms;
        look(&mut state)
    }

    /// Becomes ready at the next change.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}
