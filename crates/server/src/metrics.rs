//! `/metrics` for Prometheus, on a listener of its own, because it is nobody's business outside.
//!
//! Counters and histograms are fed where things happen; gauges are looked at when somebody asks.

use std::net::TcpListener;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::get;
use metrics::gauge;
use metrics_exporter_prometheus::PrometheusHandle;
use tertulia_engine::Engine;
use tertulia_live::Hub;
use tertulia_store::{Error, Scope, jobs};
use tokio::sync::watch;
use tokio::time::{interval, timeout};

use crate::supervise::Supervisor;

/// Between two times that recorded values are put into their buckets, or they would pile up.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);
/// How long the database may take to tell of its jobs.
const LOOK_WITHIN: Duration = Duration::from_secs(2);

/// Where the values come from.
#[derive(Clone)]
pub struct Sources {
    pub counted: PrometheusHandle,
    pub engine: Engine,
    /// Sockets, where requests are answered.
    pub live: Option<Hub>,
}

/// Keeps the values, and serves them unless `address` is empty.
pub fn spawn(supervisor: &mut Supervisor, address: &str, sources: Sources) -> Result<()> {
    let counted = sources.counted.clone();
    supervisor.spawn("upkeep of metrics", move |shutdown| upkeep(counted.clone(), shutdown));
    if address.is_empty() {
        return Ok(());
    }
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) => {
            // A second server on this machine is no reason not to serve.
            tracing::warn!("metrics are not served: cannot listen on {address}: {error}");
            return Ok(());
        }
    };
    listener.set_nonblocking(true).context("the listener of the metrics")?;
    tracing::info!("metrics on {}", listener.local_addr().context("the metrics' address")?);
    let page = move || async move {
        sources.look().await;
        sources.counted.render()
    };
    let router = Router::new().route("/metrics", get(page));
    supervisor.spawn("metrics", move |shutdown| {
        let (listener, router) = (listener.try_clone(), router.clone());
        async move {
            if let Err(error) = serve(listener, router, shutdown).await {
                tracing::error!("metrics: {error:#}");
            }
        }
    });
    Ok(())
}

impl Sources {
    /// Sets the gauges. When the database does not answer, that is told, and its jobs are as they were.
    async fn look(&self) {
        if let Some(live) = &self.live {
            let counts = live.socket_counts();
            gauge!("tertulia_sockets", "kind" => "staff").set(precise(counts.staff));
            gauge!("tertulia_sockets", "kind" => "visitor").set(precise(counts.visitors));
        }
        gauge!("tertulia_database_work_waiting").set(precise(self.engine.store.work_waiting()));
        let now = self.engine.clock.now();
        let read =
            self.engine.store.read::<_, Error, _>(Scope::System, move |tx| jobs::counts(tx, now));
        let counts = timeout(LOOK_WITHIN, read).await;
        gauge!("tertulia_database_up").set(u8::from(matches!(counts, Ok(Ok(_)))));
        let Ok(Ok(counts)) = counts else { return };
        for (state, count) in [
            ("due", counts.due),
            ("waiting", counts.waiting),
            ("held", counts.held),
            ("dead", counts.dead),
        ] {
            gauge!("tertulia_jobs", "state" => state).set(precise(count));
        }
        let oldest = counts.oldest_due_at.map_or(Duration::ZERO, |at| now.since(at));
        gauge!("tertulia_jobs_oldest_due_seconds").set(oldest.as_secs_f64());
    }
}

/// A count as a gauge has it; the exporter knows only numbers that may have a fraction.
fn precise(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}

async fn upkeep(counted: PrometheusHandle, mut shutdown: watch::Receiver<bool>) {
    let mut turns = interval(UPKEEP_EVERY);
    loop {
        tokio::select! {
            _ = turns.tick() => counted.run_upkeep(),
            _ = shutdown.wait_for(|on| *on) => return,
        }
    }
}

async fn serve(
    listener: std::io::Result<TcpListener>,
    router: Router,
    mut shutdown: watch::Receiver<bool>,
) -> Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener?)?;
    axum::serve(listener, router)
        .with_graceful_shutdown(async move { drop(shutdown.wait_for(|on| *on).await) })
        .await
        .context("serving")
}
