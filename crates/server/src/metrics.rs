//! `/metrics` for Prometheus, on a listener of its own, because it is nobody's business outside.

use std::net::TcpListener;

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::supervise::Supervisor;

/// Serves the counted values, unless `address` is empty.
pub fn spawn(supervisor: &mut Supervisor, address: &str, counted: PrometheusHandle) -> Result<()> {
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
    let router = Router::new().route("/metrics", get(move || async move { counted.render() }));
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
