//! The bounded queue between the hub and one socket; a socket that does not keep up is let go.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::Frame;

/// Most frames that wait for one socket.
pub(crate) const QUEUE_FRAMES_MAX: usize = 512;
/// Most bytes that wait for one socket.
pub(crate) const QUEUE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Why the server ends a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// The credential is no longer good.
    SignedOut,
    /// The origin is not allowed, or the contact is blocked.
    Forbidden,
    /// Too slow; the client resumes from its cursor.
    TooSlow,
    /// Nothing was heard for too long.
    Silent,
    /// The server shuts down.
    GoingAway,
}

/// What a socket is told to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    Send(Frame),
    /// Ask whether the other end is still there.
    Ping,
    Close(Close),
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    frames: VecDeque<Frame>,
    bytes: usize,
    ping: bool,
    closed: Option<Close>,
}

impl Close {
    /// The WebSocket close code.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Close::SignedOut => 4401,
            Close::Forbidden => 4403,
            Close::TooSlow => 4408,
            Close::Silent | Close::GoingAway => 1001,
        }
    }
}

impl Outbox {
    /// Queues a frame that must arrive; when it cannot, the socket is let go.
    pub(crate) fn push(&self, frame: Frame) {
        let mut state = self.lock();
        if state.closed.is_some() {
            return;
        }
        let bytes = state.bytes.saturating_add(frame.len());
        if state.frames.len() >= QUEUE_FRAMES_MAX || bytes > QUEUE_BYTES_MAX {
            state.end(Close::TooSlow);
        } else {
            state.bytes = bytes;
            state.frames.push_back(frame);
        }
        drop(state);
        self.changed.notify_one();
    }

    /// Queues a frame that is worth nothing later: left out when the queue is half full.
    pub(crate) fn push_passing(&self, frame: Frame) {
        let fits = {
            let state = self.lock();
            state.frames.len() < QUEUE_FRAMES_MAX / 2 && state.bytes < QUEUE_BYTES_MAX / 2
        };
        if fits {
            self.push(frame);
        }
    }

    pub(crate) fn ping(&self) {
        self.lock().ping = true;
        self.changed.notify_one();
    }

    /// Ends the socket. What still waits is dropped: who was signed out must not see it.
    pub(crate) fn close(&self, close: Close) {
        self.lock().end(close);
        self.changed.notify_one();
    }

    pub(crate) fn closed(&self) -> Option<Close> {
        self.lock().closed
    }

    /// What to do next, without waiting.
    pub(crate) fn try_next(&self) -> Option<Output> {
        let mut state = self.lock();
        if let Some(close) = state.closed {
            return Some(Output::Close(close));
        }
        if let Some(frame) = state.frames.pop_front() {
            state.bytes = state.bytes.saturating_sub(frame.len());
            if state.frames.is_empty() {
                // Ten thousand idle sockets must not keep the memory of their busiest moment.
                state.frames = VecDeque::new();
            }
            return Some(Output::Send(frame));
        }
        std::mem::take(&mut state.ping).then_some(Output::Ping)
    }

    /// What to do next. Made for one waiter at a time.
    pub(crate) async fn next(&self) -> Output {
        loop {
            if let Some(output) = self.try_next() {
                return output;
            }
            self.changed.notified().await;
        }
    }

    /// Waits until the socket is to be ended, for a sender that is stuck.
    pub(crate) async fn ended(&self) -> Close {
        loop {
            if let Some(close) = self.closed() {
                return close;
            }
            self.changed.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The first reason stands.
    fn end(&mut self, close: Close) {
        if self.closed.is_none() {
            self.closed = Some(close);
            self.frames = VecDeque::new();
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_does_not_keep_up_is_let_go_and_its_queue_freed() {
        let outbox = Outbox::default();
        for _ in 0..QUEUE_FRAMES_MAX {
            outbox.push(Frame::from_static("x"));
        }
        assert_eq!(outbox.closed(), None);
        outbox.push(Frame::from_static("x"));
        assert_eq!(outbox.try_next(), Some(Output::Close(Close::TooSlow)));
        assert_eq!(outbox.lock().frames.len(), 0);
    }

    #[test]
    fn bytes_are_bounded_too() {
        let outbox = Outbox::default();
        let big = Frame::new("x".repeat(QUEUE_BYTES_MAX / 2));
        outbox.push(big.clone());
        outbox.push(big.clone());
        assert_eq!(outbox.closed(), None);
        outbox.push(big);
        assert_eq!(outbox.closed(), Some(Close::TooSlow));
    }

    #[test]
    fn passing_frames_never_end_a_socket() {
        let outbox = Outbox::default();
        for _ in 0..10 * QUEUE_FRAMES_MAX {
            outbox.push_passing(Frame::from_static("typing"));
        }
        assert_eq!(outbox.closed(), None);
        assert_eq!(outbox.lock().frames.len(), QUEUE_FRAMES_MAX / 2);
    }

    #[test]
    fn nothing_leaves_after_the_end_and_the_first_reason_stands() {
        let outbox = Outbox::default();
        outbox.push(Frame::from_static("secret"));
        outbox.close(Close::SignedOut);
        outbox.close(Close::TooSlow);
        outbox.push(Frame::from_static("later"));
        assert_eq!(outbox.try_next(), Some(Output::Close(Close::SignedOut)));
    }
}
