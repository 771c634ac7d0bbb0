//! The running double, as a test or the command line holds it: start, kill and start again with the
//! same books, and the operations of the control side as methods.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::customer::Customer;
use super::state::{Books, Fault, NewUser, Settings, Shared};
use super::wire::{Cut, Wires};
use super::{api, push, sim};

/// How long `wait_for` waits before it says that nothing came.
const WAIT_SECS: u64 = 20;
/// The pause between two looks at books that change all the time.
const LOOK: Duration = Duration::from_millis(5);
const BODY_BYTES_MAX: usize = 52 * 1024 * 1024;

/// A double of Telegram. It ends when it is dropped.
pub struct TelegramDouble {
    shared: Arc<Shared>,
    addr: SocketAddr,
    running: Mutex<Option<Running>>,
}

/// What runs between start and stop.
struct Running {
    alive: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// A bot as its owner knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotAccess {
    pub id: i64,
    pub token: String,
}

impl TelegramDouble {
    /// Listens on a free port of the loopback, with short pauses between pushes and one bot.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub async fn start() -> io::Result<Self> {
        let settings = Settings { retry_ms: 50, retry_ms_max: 400, ..Settings::default() };
        Self::listen(SocketAddr::from(([127, 0, 0, 1], 0)), settings).await
    }

    /// Listens at `addr`; one bot is there from the start.
    ///
    /// # Errors
    ///
    /// The address cannot be listened at.
    pub async fn listen(addr: SocketAddr, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let shared = Arc::new(Shared::new(settings));
        shared.change(|state| state.add_bot("Simulated shop", "simulated_shop_bot"));
        let double = Self { shared, addr, running: Mutex::new(None) };
        double.run(listener);
        Ok(double)
    }

    fn run(&self, listener: TcpListener) {
        let alive = watch::Sender::new(true);
        let wires = Wires { listener, alive: alive.subscribe() };
        let router = Router::new()
            .nest("/sim", sim::routes())
            .merge(sim::page())
            .fallback(api::serve)
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .with_state(Arc::clone(&self.shared));
        let service = router.into_make_service_with_connect_info::<Cut>();
        let mut tasks = JoinSet::new();
        // Serving ends only when the task is aborted.
        tasks.spawn(async move { drop(axum::serve(wires, service).await) });
        tasks.spawn(push::run(Arc::clone(&self.shared)));
        *self.lock() = Some(Running { alive, tasks });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Kills the double in the middle of whatever it does: connections are cut, the books stay.
    pub async fn stop(&self) {
        let running = self.lock().take();
        if let Some(mut running) = running {
            running.alive.send_replace(false);
            running.tasks.shutdown().await;
        }
        self.shared.change(super::state::State::forget_flights);
    }

    /// Listens again at the same address, with the books as they were.
    ///
    /// # Errors
    ///
    /// Somebody else has taken the address.
    pub async fn restart(&self) -> io::Result<()> {
        self.stop().await;
        self.run(TcpListener::bind(self.addr).await?);
        Ok(())
    }

    /// Where the Bot API is, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The bot that is there from the start.
    #[must_use]
    pub fn bot(&self) -> BotAccess {
        self.shared.look(|state| {
            let first = state.bots.values().next();
            let access =
                |bot: &super::state::Bot| BotAccess { id: bot.id, token: bot.token.clone() };
            first.map(access).unwrap_or(BotAccess { id: 0, token: String::new() })
        })
    }

    /// The token of the bot that is there from the start.
    #[must_use]
    pub fn token(&self) -> String {
        self.bot().token
    }

    /// Makes another bot.
    #[must_use]
    pub fn add_bot(&self, name: &str, username: &str) -> BotAccess {
        self.shared.change(|state| {
            let id = state.add_bot(name, username);
            let token = state.bots.get(&id).map(|bot| bot.token.clone()).unwrap_or_default();
            BotAccess { id, token }
        })
    }

    /// A new person, who talks to the first bot.
    #[must_use]
    pub fn customer(&self, about: NewUser) -> Customer {
        self.customer_of(self.bot().id, about)
    }

    /// A new person, who talks to that bot.
    #[must_use]
    pub fn customer_of(&self, bot: i64, about: NewUser) -> Customer {
        let user = self.shared.change(|state| state.add_person(about));
        Customer::new(Arc::clone(&self.shared), bot, user, user)
    }

    /// A new group with the first bot in it; answers the group's number.
    #[must_use]
    pub fn add_group(&self, title: &str) -> i64 {
        let bot = self.bot().id;
        self.shared.change(|state| state.add_group(bot, title, None))
    }

    /// From now on this fault happens.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|state| state.faults.push(fault));
    }

    /// No fault happens any more.
    pub fn clear_faults(&self) {
        self.shared.change(|state| state.faults.clear());
    }

    /// Changes how the double behaves.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        self.shared.change(|state| change(&mut state.settings));
    }

    /// Moves the clock on, and with it every time limit.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.shared
            .change(|state| state.clock_offset_ms = state.clock_offset_ms.saturating_add(millis));
    }

    /// Takes the token away: every request with it is 401.
    pub fn revoke(&self, bot: i64) {
        self.shared.change(|state| state.set_revoked(bot, true));
    }

    /// Gives the token back.
    pub fn restore(&self, bot: i64) {
        self.shared.change(|state| state.set_revoked(bot, false));
    }

    /// The next update gets this number, also if that is a step back.
    pub fn set_next_update_id(&self, bot: i64, id: i64) {
        self.shared.change(|state| {
            if let Some(bot) = state.bots.get_mut(&bot) {
                bot.next_update_id = id;
            }
        });
    }

    /// A copy of all that happened until now.
    #[must_use]
    pub fn books(&self) -> Books {
        self.shared.look(|state| state.books())
    }

    /// Waits until the books are as `enough` asks for, and answers them.
    ///
    /// # Errors
    ///
    /// They were not within twenty seconds; the last ones are the error.
    pub async fn wait_for(&self, enough: impl Fn(&Books) -> bool) -> Result<Books, Box<Books>> {
        let mut bell = self.shared.bell();
        let waiting = async {
            loop {
                let books = self.books();
                if enough(&books) {
                    return books;
                }
                // The sender lives in the books, so it cannot be gone.
                drop(bell.changed().await);
                // Copying the books for each of a thousand messages would be most of a test's work.
                tokio::time::sleep(LOOK).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(WAIT_SECS), waiting).await;
        waited.map_err(|_| Box::new(self.books()))
    }
}
