//! One WebSocket: its task reads what the client says and sends what the hub hands out.
//!
//! There is one task and no timer per socket: dead peers are found by the hub, and a send that is
//! stuck ends with the subscription. What goes wrong is told by a fixed code, never by its cause.

use std::time::Duration;

use axum::Error;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::SinkExt;
use tertulia_live::{Close, Frame, Hub, Join, Output, Refusal, Subscription};
use tertulia_store::events::Cursor;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite;

use super::frames::FRAME_BYTES_MAX;

/// Kept small: ten thousand sockets mostly listen.
const READ_BUFFER_BYTES: usize = 4 * 1024;
const WRITE_BUFFER_BYTES: usize = 4 * 1024;
/// A frame that we send may be as long as a message with everything in it.
const WRITE_BUFFER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long a client may take to subscribe.
const SUBSCRIBE_WITHIN: Duration = Duration::from_secs(10);
/// How long the last frame may take to leave.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);
/// Frames that make no sense after which the socket is ended.
const NONSENSE_MAX: u32 = 20;
/// Frames that a client may have sent ahead of time; one comes back every [`FRAME_EVERY`].
const FRAMES_BURST: u32 = 60;
const FRAME_EVERY: Duration = Duration::from_millis(50);

const POLICY: u16 = 1008;

/// Why a connection ends: the close code, or `None` when the other end is gone already.
pub(crate) type End = Option<u16>;

/// What a client's frame leads to.
pub(crate) enum Reaction {
    Nothing,
    Answer(Frame),
    /// Leave the present subscription, if there is one, and join.
    Join(Box<Join>),
    /// Say why, then end.
    Refuse(Refusal),
    Nonsense(&'static str),
}

/// Who is at the other end: reads its frames.
pub(crate) trait Peer {
    /// Called for each text frame, with the subscription when there is one.
    fn react(
        &mut self,
        text: &str,
        subscription: Option<&Subscription>,
    ) -> impl Future<Output = Reaction> + Send;
}

/// One socket with its peer.
pub(crate) struct Connection<P> {
    hub: Hub,
    socket: WebSocket,
    peer: P,
    subscription: Option<Subscription>,
    nonsense: u32,
    budget: Budget,
}

/// Upgrades the request and serves the peer until one of the two ends it.
pub(crate) fn accept<P>(upgrade: WebSocketUpgrade, hub: Hub, peer: P) -> Response
where
    P: Peer + Send + 'static,
{
    bounded(upgrade).on_upgrade(move |socket| async move {
        let budget = Budget::full();
        let (subscription, nonsense) = (None, 0);
        let connection = Connection { hub, socket, peer, subscription, nonsense, budget };
        Box::pin(connection.serve()).await;
    })
}

/// Upgrades only to say why not: a page cannot see the status of a refused upgrade.
pub(crate) fn refuse(upgrade: WebSocketUpgrade, close: Close) -> Response {
    bounded(upgrade).on_upgrade(move |mut socket| async move {
        end(&mut socket, close.code()).await;
    })
}

/// Reads a cursor from a frame.
pub(crate) fn cursor(text: Option<&str>) -> Result<Option<Cursor>, &'static str> {
    text.map(|text| text.parse().map_err(|_| "cursor_invalid")).transpose()
}

impl<P: Peer> Connection<P> {
    async fn serve(mut self) {
        let subscribed = timeout(SUBSCRIBE_WITHIN, self.until_subscribed()).await;
        let ended = match subscribed.unwrap_or(Err(Some(POLICY))) {
            Ok(()) => self.live().await,
            Err(ended) => ended,
        };
        // Leaves first, so that presence and memory do not wait for a slow good-bye.
        self.subscription = None;
        if let Some(code) = ended {
            end(&mut self.socket, code).await;
        }
    }

    async fn until_subscribed(&mut self) -> Result<(), End> {
        while self.subscription.is_none() {
            let incoming = self.socket.recv().await;
            self.hear(incoming).await?;
        }
        Ok(())
    }

    async fn live(&mut self) -> End {
        loop {
            // Subscribing again replaces the subscription; it is never taken away alone.
            let subscription = self.subscription.as_ref()?;
            let step = tokio::select! {
                biased;
                output = subscription.next() => self.say(output).await,
                incoming = self.socket.recv() => self.hear(incoming).await,
            };
            if let Err(ended) = step {
                return ended;
            }
        }
    }

    /// Does what the hub says, and everything that waits behind it, before the buffer is flushed.
    async fn say(&mut self, first: Output) -> Result<(), End> {
        let mut next = Some(first);
        while let Some(output) = next {
            match output {
                Output::Send(frame) => self.feed(message(&frame)).await?,
                Output::Ping => self.feed(Message::Ping(bytes::Bytes::new())).await?,
                Output::Close(close) => return Err(Some(close.code())),
            }
            next = self.subscription.as_ref().and_then(Subscription::try_next);
        }
        self.flush().await
    }

    async fn hear(&mut self, incoming: Option<Result<Message, Error>>) -> Result<(), End> {
        let message = match incoming {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(code_of(error)),
            None => return Err(None),
        };
        if let Some(subscription) = &self.subscription {
            subscription.heard();
        }
        match message {
            Message::Text(text) => self.hear_text(text.as_str()).await,
            Message::Binary(_) => Err(Some(1003)),
            Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(None),
        }
    }

    async fn hear_text(&mut self, text: &str) -> Result<(), End> {
        if !self.budget.take() {
            // Hints are worth nothing later, so too many are dropped without a word.
            return Ok(());
        }
        match self.peer.react(text, self.subscription.as_ref()).await {
            Reaction::Nothing => Ok(()),
            Reaction::Answer(frame) => self.send(&frame).await,
            Reaction::Join(join) => self.join(*join).await,
            Reaction::Refuse(refusal) => self.refuse(refusal).await,
            Reaction::Nonsense(code) => {
                self.nonsense += 1;
                if self.nonsense > NONSENSE_MAX {
                    return Err(Some(POLICY));
                }
                self.send(&Frame::error(code, None)).await
            }
        }
    }

    /// Joins, then says what came before: refused topics, who is there, the gap, `ready`.
    async fn join(&mut self, join: Join) -> Result<(), End> {
        let joined = match self.hub.join(join).await {
            Ok(joined) => joined,
            Err(refusal) => return self.refuse(refusal).await,
        };
        self.subscription = Some(joined.subscription);
        for frame in &joined.greeting {
            self.feed(message(frame)).await?;
        }
        loop {
            let Some(subscription) = &mut self.subscription else { return Err(None) };
            match subscription.opening().await {
                Ok(Some(frames)) => {
                    for frame in &frames {
                        self.feed(message(frame)).await?;
                    }
                    self.flush().await?;
                }
                Ok(None) => return Ok(()),
                Err(refusal) => return self.refuse(refusal).await,
            }
        }
    }

    async fn refuse(&mut self, refusal: Refusal) -> Result<(), End> {
        self.send(&Frame::error(refusal.code(), None)).await?;
        Err(Some(refusal.close().code()))
    }

    async fn send(&mut self, frame: &Frame) -> Result<(), End> {
        self.feed(message(frame)).await?;
        self.flush().await
    }

    async fn feed(&mut self, message: Message) -> Result<(), End> {
        let Self { socket, subscription, .. } = self;
        or_ended(subscription.as_ref(), socket.feed(message)).await
    }

    async fn flush(&mut self) -> Result<(), End> {
        let Self { socket, subscription, .. } = self;
        or_ended(subscription.as_ref(), SinkExt::<Message>::flush(socket)).await
    }
}

/// Lets a send go on until the hub gives the socket up: a peer that stops reading holds nothing.
async fn or_ended(
    subscription: Option<&Subscription>,
    sending: impl Future<Output = Result<(), Error>>,
) -> Result<(), End> {
    let Some(subscription) = subscription else {
        return sending.await.map_err(|_| None);
    };
    tokio::select! {
        biased;
        sent = sending => sent.map_err(|_| None),
        close = subscription.ended() => Err(Some(close.code())),
    }
}

/// Frames that a client may send, coming back with time.
pub(crate) struct Budget {
    left: u32,
    since: tokio::time::Instant,
}

impl Budget {
    pub(crate) fn full() -> Self {
        Self { left: FRAMES_BURST, since: tokio::time::Instant::now() }
    }

    /// Whether one more is taken in.
    pub(crate) fn take(&mut self) -> bool {
        if self.left == 0 {
            let earned = self.since.elapsed().as_millis() / FRAME_EVERY.as_millis();
            self.left = u32::try_from(earned).unwrap_or(FRAMES_BURST).min(FRAMES_BURST);
            self.since = tokio::time::Instant::now();
        }
        let is_left = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_left
    }
}

/// Bounds what a socket may cost.
pub(crate) fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
}

fn message(frame: &Frame) -> Message {
    // Frames are made from strings; should one not be text, an empty one says as little as possible.
    Message::Text(Utf8Bytes::try_from(frame.bytes()).unwrap_or_default())
}

/// The close code that tells the client what was wrong with its bytes.
fn code_of(error: Error) -> End {
    match error.into_inner().downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => Some(1009),
        Some(tungstenite::Error::Utf8(_)) => Some(1007),
        Some(tungstenite::Error::Protocol(_)) => Some(1002),
        Some(_) | None => None,
    }
}

pub(crate) async fn end(socket: &mut WebSocket, code: u16) {
    let close = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() }));
    // Whether the other end still hears it is its own affair.
    drop(timeout(CLOSE_WITHIN, socket.send(close)).await);
}
