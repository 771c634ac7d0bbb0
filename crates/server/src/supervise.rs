//! Long-running tasks under watch: a panic is logged and the task starts again, but not for ever.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Restarts of one task within `RESTART_WINDOW` before the server gives up.
const RESTARTS_MAX: usize = 5;
const RESTART_WINDOW: Duration = Duration::from_secs(60);
/// Pause before a restart.
const RESTART_PAUSE: Duration = Duration::from_millis(100);

/// The tasks of the server, and the signal that ends them.
pub struct Supervisor {
    shutdown: watch::Sender<bool>,
    gave_up: watch::Sender<Option<&'static str>>,
    tasks: JoinSet<()>,
}

impl Default for Supervisor {
    fn default() -> Self {
        let (shutdown, gave_up) = (watch::Sender::new(false), watch::Sender::new(None));
        Self { shutdown, gave_up, tasks: JoinSet::new() }
    }
}

impl Supervisor {
    /// Becomes true when everything is to end.
    #[must_use]
    pub fn shutdown(&self) -> watch::Receiver<bool> {
        self.shutdown.subscribe()
    }

    /// Runs a task until shutdown. `make` makes it anew after a panic.
    pub fn spawn<F, Fut>(&mut self, name: &'static str, make: F)
    where
        F: Fn(watch::Receiver<bool>) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let (shutdown, gave_up) = (self.shutdown.subscribe(), self.gave_up.clone());
        self.tasks.spawn(async move {
            let mut restarts: Vec<Instant> = Vec::new();
            loop {
                let run = AssertUnwindSafe(make(shutdown.clone())).catch_unwind().await;
                if *shutdown.borrow() {
                    return;
                }
                match run {
                    Ok(()) => tracing::error!(task = name, "a task ended by itself"),
                    Err(panic) => {
                        tracing::error!(task = name, "a task panicked: {}", text(&*panic));
                    }
                }
                restarts.retain(|at| at.elapsed() < RESTART_WINDOW);
                restarts.push(Instant::now());
                if restarts.len() > RESTARTS_MAX {
                    gave_up.send_replace(Some(name));
                    return;
                }
                tokio::time::sleep(RESTART_PAUSE).await;
            }
        });
    }

    /// Waits until a task has failed too often; says which.
    pub async fn gave_up(&self) -> &'static str {
        let mut gave_up = self.gave_up.subscribe();
        match gave_up.wait_for(Option::is_some).await {
            Ok(name) => name.unwrap_or_default(),
            // The sender lives as long as `self`.
            Err(_) => "unknown",
        }
    }

    /// Tells everybody to end.
    pub fn begin_shutdown(&self) {
        self.shutdown.send_replace(true);
    }

    /// Tells everybody to end, and waits for it at most `grace`; says whether all did.
    pub async fn stop(mut self, grace: Duration) -> bool {
        self.begin_shutdown();
        let all = async { while self.tasks.join_next().await.is_some() {} };
        tokio::time::timeout(grace, all).await.is_ok()
    }
}

fn text(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_panic_restarts_and_too_many_give_up() {
        let runs = Arc::new(AtomicUsize::new(0));
        let mut supervisor = Supervisor::default();
        let counted = Arc::clone(&runs);
        supervisor.spawn("shaky", move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            async { panic!("planted") }
        });
        assert_eq!(supervisor.gave_up().await, "shaky");
        assert_eq!(runs.load(Ordering::SeqCst), RESTARTS_MAX + 1);
        assert!(supervisor.stop(Duration::from_secs(1)).await);
    }

    #[tokio::test]
    async fn shutdown_ends_what_listens_to_it() {
        let mut supervisor = Supervisor::default();
        supervisor.spawn("polite", |mut shutdown| async move {
            drop(shutdown.wait_for(|on| *on).await);
        });
        assert!(supervisor.stop(Duration::from_secs(5)).await);
    }
}
