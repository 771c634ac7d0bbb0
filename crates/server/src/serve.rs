//! Wiring: from settings to a running server, and from a signal to a clean end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use tertulia_api::{App, ChatwootContract};
use tertulia_domain::app::ContractKind;
use tertulia_engine::webhooks::Contract;
use tertulia_engine::{Engine, setup, views};
use tertulia_live::{Hub, HubConfig, Shapes};
use tertulia_store::Store;
use tertulia_store::inspect::{self, Setting};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::cli::say;
use crate::clock::{OsEntropy, SystemClock};
use crate::config::Config;
use crate::lock::DataLock;
use crate::supervise::Supervisor;
use crate::{listener, metrics, telemetry, ui, worker};

/// Which work this process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    pub api: bool,
    pub worker: bool,
}

/// Serves until the process is asked to end.
pub fn serve(config: &Config, roles: Roles) -> Result<()> {
    serve_with(config, roles, Router::new())
}

/// The same, with more pages beside the console's.
pub fn serve_with(config: &Config, roles: Roles, more: Router) -> Result<()> {
    prepare_data_dir(config)?;
    // PostgreSQL keeps its own order between nodes; a file has one server.
    let lock = config.database_url.is_empty().then(|| DataLock::take(&config.data_dir));
    let _lock = lock.transpose()?;
    check_risks(config)?;
    // The client of PostgreSQL waits for the server in its own way, which a runtime does not allow.
    let engine = engine(config)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime")?;
    runtime.block_on(run(config, engine, roles, more))
}

/// Refuses a database that cannot keep the promises, unless its operator takes the risk.
fn check_risks(config: &Config) -> Result<()> {
    let mut refused = Vec::new();
    for Setting { name, value, risk } in inspect::risks(&config.store()).context("the database")? {
        let Some(risk) = risk else { continue };
        let (word, harm) = (risk.as_str(), risk.harm());
        if config.accept_risks.contains(&risk) {
            tracing::warn!("the risk {word:?} is accepted: {name} is {value}: {harm}");
        } else {
            refused.push(format!("{name} is {value}: {harm} (or accept_risks = [{word:?}])"));
        }
    }
    if !refused.is_empty() {
        bail!("the database cannot keep what Tertulia promises: {}", refused.join("; "));
    }
    Ok(())
}

/// Makes the data folder.
pub fn prepare_data_dir(config: &Config) -> Result<()> {
    let dir = &config.data_dir;
    std::fs::create_dir_all(dir)
        .with_context(|| format!("data_dir {} cannot be made", dir.display()))
}

/// The engine of a process: the real clock, real randomness and the configured database.
///
/// Made outside the runtime: see [`serve_with`].
pub fn engine(config: &Config) -> Result<Engine> {
    let store = Store::open(&config.store()).context("the database")?;
    let engine = Engine::new(store, Arc::new(SystemClock), Arc::new(OsEntropy), config.engine());
    let engine = engine.with_contract(ContractKind::Chatwoot, chatwoot(config));
    Ok(engine.with_blobs(config.blobs()?))
}

/// How agent bots and webhooks written for Chatwoot are told.
fn chatwoot(config: &Config) -> Arc<dyn Contract> {
    Arc::new(ChatwootContract::new(config.public_url.as_str()))
}

/// Real time, with the one JSON shape of events.
pub fn live(engine: &Engine) -> Hub {
    let shapes = Shapes { staff: views::staff_event, visitor: views::visitor_event };
    let (store, clock) = (engine.store.clone(), Arc::clone(&engine.clock));
    Hub::new(HubConfig { store, clock, shapes })
}

/// Says how the first administrator comes in, while there is nobody.
async fn print_setup_link(engine: &Engine) -> Result<()> {
    if let Some(link) = setup::begin(engine).await.context("the set-up link")? {
        // For the person at the terminal only: a secret has no business in a log.
        say(&format!("\n  Set up Tertulia here (the link works once):\n  {link}\n"));
    }
    Ok(())
}

async fn run(config: &Config, engine: Engine, roles: Roles, more: Router) -> Result<()> {
    let mut signals = Signals::listen()?;
    let counted = telemetry::metrics()?;
    let mut supervisor = Supervisor::default();
    let grace = Duration::from_secs(config.shutdown_grace_secs);
    let live = roles.api.then(|| live(&engine));
    let sources = metrics::Sources { counted, engine: engine.clone(), live: live.clone() };
    metrics::spawn(&mut supervisor, &config.metrics_listen, sources)?;
    print_setup_link(&engine).await?;
    if roles.worker {
        worker::start(&mut supervisor, &engine);
    }
    let ended = if let Some(live) = live {
        let hub = live.clone();
        supervisor.spawn("live", move |shutdown| hub.clone().run(shutdown));
        let app = App::new(engine, live, config.api());
        let listener = listen(config.listen).await?;
        let address = listener.local_addr().context("the listener's address")?;
        if config.is_exposed() {
            tracing::warn!(
                "public_url {} is not https: passwords and messages can be read on the way",
                config.public_url
            );
        }
        tracing::info!("listening on {address}, reached at {}", config.public_url);
        let router = tertulia_api::router(app.clone(), ui::pages(app).merge(more));
        let head_within = Duration::from_secs(config.limits.head_secs);
        let answered = listener::answer(listener, router, head_within, supervisor.shutdown());
        until_the_end(answered, &supervisor, &mut signals, grace).await
    } else {
        signals.asked_to_end(&supervisor).await
    };
    if !supervisor.stop(grace).await {
        tracing::warn!("some work did not end in time");
    }
    ended
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Answers requests until the process is asked to end, then lets those under way end.
async fn until_the_end(
    answered: impl Future<Output = ()>,
    supervisor: &Supervisor,
    signals: &mut Signals,
    grace: Duration,
) -> Result<()> {
    let mut answered = std::pin::pin!(answered);
    let asked = tokio::select! {
        // It only ends after the signal.
        () = &mut answered => return Ok(()),
        asked = signals.asked_to_end(supervisor) => asked,
    };
    supervisor.begin_shutdown();
    if tokio::time::timeout(grace, answered).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    asked
}

/// The signals that ask the process to end. Made first, so that none comes too early.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self> {
        let terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
        let interrupt = signal(SignalKind::interrupt()).context("listening for Ctrl-C")?;
        Ok(Self { terminate, interrupt })
    }

    /// Waits for SIGTERM, Ctrl-C, or a task that failed too often.
    async fn asked_to_end(&mut self, supervisor: &Supervisor) -> Result<()> {
        tokio::select! {
            _ = self.terminate.recv() => tracing::info!("asked to end"),
            _ = self.interrupt.recv() => tracing::info!("asked to end"),
            name = supervisor.gave_up() => bail!("the task {name} failed too often"),
        }
        Ok(())
    }
}
