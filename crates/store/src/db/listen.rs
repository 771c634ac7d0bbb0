//! Wake-ups and hints from other nodes: PostgreSQL tells every listener of a commit, after it. Losing one
//! costs a reader's timer period, never truth, so a broken connection is only a reason to connect again.

use std::sync::Weak;
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;

use super::Signals;
use super::bus::{self, Ear};
use super::postgres::connect;
use super::store::Wakes;
use super::threads::spawn;
use crate::error::{Error, Result};

/// How long the thread waits for a notification before it looks whether the store is still open.
const WAIT: Duration = Duration::from_secs(1);

/// Starts the thread; it ends with the store.
pub(crate) fn start(url: &str, wakes: Weak<Wakes>, ear: Ear) -> Result<()> {
    let url = url.to_owned();
    spawn("postgres-listen", move || {
        while wakes.strong_count() > 0 {
            if let Err(error) = listen(&url, &wakes, &ear) {
                tracing::warn!(%error, "no wake-ups from other nodes; their changes show up later");
                #[expect(clippy::disallowed_methods, reason = "a pause before connecting again")]
                std::thread::sleep(WAIT);
            }
        }
    })
}

fn listen(url: &str, wakes: &Weak<Wakes>, ear: &Ear) -> Result<()> {
    let mut client = connect(url)?;
    let channels = format!("LISTEN tertulia; LISTEN {}", bus::CHANNEL);
    client.batch_execute(&channels).map_err(|e| Error::postgres(&e))?;
    while let Some(wakes) = wakes.upgrade() {
        let mut notifications = client.notifications();
        let next = notifications.timeout_iter(WAIT).next().map_err(|e| Error::postgres(&e))?;
        match next {
            Some(said) if said.channel() == bus::CHANNEL => ear.hear(said.payload()),
            Some(woken) => wakes.signal(signals(woken.payload())),
            None => {}
        }
        drop(notifications);
        if client.is_closed() {
            return Err(Error::Unavailable { reason: "the connection closed".to_owned() });
        }
    }
    Ok(())
}

fn signals(payload: &str) -> Signals {
    Signals { events: payload.contains("events"), jobs: payload.contains("jobs") }
}
