//! `TestApp`: a server of the test's own, with a client for every kind of principal.

mod client;
mod log;
mod people;
mod receiver;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tertulia_api::{App, ChatwootContract};
use tertulia_domain::app::ContractKind;
use tertulia_domain::{Clock, EventId};
use tertulia_engine::{Engine, Settings};
use tertulia_jobs::{Follower, Following, Runner};
use tertulia_server::supervise::Supervisor;
use tertulia_server::{config, serve, ui, worker};
use tertulia_store::{Scope, Store, events, jobs};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};
use tokio::net::TcpListener;
use url::Url;

pub use client::{Answer, Client};
pub use people::{People, Role};
pub use receiver::Receiver;

/// How long the head of a request may take.
const HEAD_WITHIN: Duration = Duration::from_secs(75);
/// How long the server may take to end with the test.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// A running server with two accounts, each with one person of every role.
pub struct TestApp {
    pub engine: Engine,
    pub clock: Arc<ManualClock>,
    pub people: People,
    /// The second account.
    pub others: People,
    pub store: Store,
    base: String,
    runner: Runner<Engine>,
    supervisor: Option<Supervisor>,
}

/// Runs a test on every engine that is there.
pub fn on_every_engine(body: impl AsyncFn(&mut TestApp)) {
    on_every_engine_with(async || (), |(), settings| settings, async |app, ()| body(app).await);
}

/// The same beside somebody else's server, which the settings may name.
pub fn on_every_engine_with<D>(
    start: impl AsyncFn() -> D,
    settings: impl Fn(&D, Settings) -> Settings,
    body: impl AsyncFn(&mut TestApp, &D),
) {
    for engine in tertulia_testkit::engines() {
        // The PostgreSQL client of the test kit is synchronous: it works outside the runtime.
        let db = TestDb::open(engine);
        tertulia_testkit::runtime().block_on(async {
            let double = start().await;
            let mut app = TestApp::with(&db, |all| settings(&double, all), |_| Router::new()).await;
            body(&mut app, &double).await;
            app.finish().await;
        });
    }
}

impl TestApp {
    /// A server on a fresh database, with more pages than the real one; ends with [`Self::finish`].
    pub async fn with_pages(db: &TestDb, more: impl FnOnce(&Engine) -> Router) -> Self {
        Self::with(db, |settings| settings, more).await
    }

    async fn with(
        db: &TestDb,
        settings: impl FnOnce(Settings) -> Settings,
        more: impl FnOnce(&Engine) -> Router,
    ) -> Self {
        log::listen();
        let clock = Arc::new(ManualClock::new());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let settings = settings(Settings::new(Url::parse(&base).unwrap()));
        let passed: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let entropy = Arc::new(SeededEntropy::new(7));
        let engine = Engine::new(db.store.clone(), passed, entropy, settings)
            .with_contract(ContractKind::Chatwoot, Arc::new(ChatwootContract::new(&base)));
        let mut supervisor = Supervisor::default();
        serve_router(&mut supervisor, &engine, more(&engine), listener);
        let people = People::settle(&engine, &base, "north").await;
        let others = People::settle(&engine, &base, "south").await;
        let (runner, supervisor) = (worker::runner(&engine), Some(supervisor));
        let store = db.store.clone();
        Self { engine, clock, people, others, store, base, runner, supervisor }
    }

    /// A client that is nobody.
    pub fn nobody(&self) -> Client {
        Client::new(&self.base)
    }

    /// Where the server listens, for tests that speak less than HTTP.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// Runs what is due until nothing is.
    pub async fn settle(&self) {
        while self.runner.run_due().await > 0 {}
    }

    /// Lets a follower of the journal and then the jobs work until something is so. On PostgreSQL the
    /// journal shows an event once every earlier transaction of the server is over.
    pub async fn work_until<F: Follower>(
        &self,
        follower: impl Fn() -> F,
        is_so: impl AsyncFn() -> bool,
    ) {
        let work = async {
            loop {
                let mut following = Following::new(self.store.clone(), Arc::new(follower()));
                following.catch_up().await.unwrap();
                self.settle().await;
                if is_so().await {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), work).await.expect("it becomes so");
    }

    /// The end of the journal: it moves with every change.
    pub async fn journal(&self) -> EventId {
        let read = self.store.read::<_, tertulia_store::Error, _>(Scope::System, events::newest);
        read.await.unwrap()
    }

    /// Ends the test: nothing is left to do, nothing is held, nothing went wrong unseen.
    pub async fn finish(mut self) {
        self.settle().await;
        let now = self.clock.now();
        let read = self
            .store
            .read::<_, tertulia_store::Error, _>(Scope::System, move |tx| jobs::counts(tx, now));
        let counts = read.await.unwrap();
        assert_eq!((counts.due, counts.held, counts.dead), (0, 0, 0), "{counts:?}");
        let errors = log::errors();
        assert!(errors.is_empty(), "errors in the log: {errors:#?}");
        if let Some(supervisor) = self.supervisor.take() {
            assert!(supervisor.stop(STOP_WITHIN).await, "the server does not end");
        }
    }
}

impl Drop for TestApp {
    /// A test that forgets to finish would pass without the checks.
    fn drop(&mut self) {
        assert!(
            self.supervisor.is_none() || std::thread::panicking(),
            "the test ended without `finish`: use `on_every_engine`"
        );
    }
}

fn serve_router(supervisor: &mut Supervisor, engine: &Engine, more: Router, listener: TcpListener) {
    let live = serve::live(engine);
    let hub = live.clone();
    supervisor.spawn("live", move |shutdown| hub.clone().run(shutdown));
    let settings = config::load(None).unwrap().api();
    let app = App::new(engine.clone(), live, settings);
    let router = tertulia_api::router(app.clone(), ui::pages(app).merge(more));
    let listener = listener.into_std().unwrap();
    supervisor.spawn("http", move |shutdown| {
        let listener = TcpListener::from_std(listener.try_clone().unwrap()).unwrap();
        tertulia_server::listener::answer(listener, router.clone(), HEAD_WITHIN, shutdown)
    });
}
