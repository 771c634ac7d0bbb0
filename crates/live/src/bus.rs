//! Talks with the other nodes: passes on what happened here, takes in what happened there.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::Hub;
use crate::elsewhere::HEARTBEAT_EVERY;
use crate::hint::Hint;

/// Comings and goings gather this long before the others hear of them.
const NEWS_EVERY: Duration = Duration::from_millis(100);

/// Runs until `shutdown` turns true; at once over where there can be no other node.
pub(crate) async fn run(hub: &Hub, mut shutdown: watch::Receiver<bool>) {
    let store = &hub.config().store;
    let Some(mut hints) = store.hints() else { return };
    let mut ticks = interval(NEWS_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    store.tell_others(Hint::Hello.text());
    let mut beats_at = hub.now();
    loop {
        tokio::select! {
            // A sender that is gone will never say anything else.
            _ = shutdown.wait_for(|stop| *stop) => return,
            heard = hints.recv() => match heard {
                Ok(said) => match Hint::read(&said.text) {
                    Some(Hint::Hello) => beats_at = hub.now(),
                    Some(hint) => hub.registry().hear(&said.node, hint, hub.now()),
                    None => tracing::debug!("a node of another version says something unknown"),
                },
                // The next heartbeats make it good.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            _ = ticks.tick() => {
                let now = hub.now();
                let mut hints = hub.registry().take_news();
                if now >= beats_at {
                    beats_at = now.plus(HEARTBEAT_EVERY);
                    hints.extend(hub.registry().heartbeat());
                }
                for hint in hints {
                    store.tell_others(hint.text());
                }
            }
        }
    }
}
