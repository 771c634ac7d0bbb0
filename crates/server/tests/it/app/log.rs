//! Errors in the log of this test's process. Every test has a process of its own (cargo-nextest).

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

static ERRORS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Begins to listen; once is enough.
pub(super) fn listen() {
    ERRORS.lock().unwrap_or_else(PoisonError::into_inner).clear();
    drop(tracing_subscriber::registry().with(Listener).try_init());
}

/// What was logged as an error so far.
pub(super) fn errors() -> Vec<String> {
    ERRORS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

struct Listener;

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            let mut text = Text::default();
            event.record(&mut text);
            ERRORS.lock().unwrap_or_else(PoisonError::into_inner).push(text.0);
        }
    }
}

#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }
}
