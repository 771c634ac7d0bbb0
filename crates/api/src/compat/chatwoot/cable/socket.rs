//! One connection: reads what the client says, sends what its rooms say and the heartbeat.

use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use futures_util::future::{pending, select_all};
use tertulia_live::{Close, Output};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout};

use super::frames::{self, Reason};
use super::identifier::Identifier;
use super::protocol::{Protocol, Step};
use super::room::{Denied, Room};
use super::texts::Texts;
use crate::app::App;
use crate::stream::{Budget, end};

/// How often the client hears that the connection is alive.
const PING_EVERY: Duration = Duration::from_secs(3);
/// How long a connection without a room is kept.
const IDLE_FOR: Duration = Duration::from_secs(30);
/// How long one send may be stuck before the client counts as one that does not read.
const SEND_WITHIN: Duration = Duration::from_secs(20);

/// One client with its rooms.
pub(super) struct Connection {
    app: App,
    texts: Texts,
    socket: WebSocket,
    protocol: Protocol,
    rooms: Vec<Room>,
    budget: Budget,
    pings: Interval,
    /// Since when there is no room.
    idle_since: Instant,
}

/// What a connection ends with: a last word, or none when the other end is gone.
type End = Option<Reason>;

impl Connection {
    pub(super) fn new(app: App, texts: Texts, socket: WebSocket) -> Self {
        let mut pings = interval(PING_EVERY);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            app,
            texts,
            socket,
            protocol: Protocol::default(),
            rooms: Vec::new(),
            budget: Budget::full(),
            pings,
            idle_since: Instant::now(),
        }
    }

    /// Serves the client until one of the two ends it.
    pub(super) async fn serve(mut self) {
        let ended = self.converse().await;
        // Leaves first, so that presence and memory do not wait for a slow good-bye.
        self.rooms = Vec::new();
        let Err(Some(reason)) = ended else { return };
        let text = Message::Text(Utf8Bytes::from(frames::disconnect(reason)));
        if matches!(timeout(SEND_WITHIN, self.socket.send(text)).await, Ok(Ok(()))) {
            end(&mut self.socket, code_of(reason)).await;
        }
    }

    async fn converse(&mut self) -> Result<(), End> {
        self.send(vec![frames::welcome()]).await?;
        loop {
            tokio::select! {
                biased;
                (room, output) = next(&self.rooms) => self.say(room, output).await?,
                _ = self.pings.tick() => self.tick().await?,
                incoming = self.socket.recv() => self.hear(incoming).await?,
            }
        }
    }

    async fn tick(&mut self) -> Result<(), End> {
        if self.protocol.is_idle() && self.idle_since.elapsed() >= IDLE_FOR {
            return Err(Some(Reason::Idle));
        }
        self.send(vec![frames::ping(self.app.engine.clock.now())]).await
    }

    /// Does what a room says.
    async fn say(&mut self, index: usize, output: Output) -> Result<(), End> {
        let Some(room) = self.rooms.get_mut(index) else { return Ok(()) };
        match output {
            Output::Send(frame) => {
                let texts = room.tell(&self.app, &self.texts, &frame).await;
                self.send(texts).await
            }
            Output::Ping => self.flush(vec![Message::Ping(bytes::Bytes::new())]).await,
            Output::Close(close) => self.close_room(index, close).await,
        }
    }

    /// A room that was lost is rejected; the connection goes with its last one.
    async fn close_room(&mut self, index: usize, close: Close) -> Result<(), End> {
        match close {
            Close::TooSlow => return Err(Some(Reason::TooSlow)),
            Close::GoingAway => return Err(Some(Reason::ServerRestart)),
            Close::Silent => return Err(None),
            Close::SignedOut | Close::Forbidden => {}
        }
        let room = self.rooms.remove(index);
        let rejected = self.protocol.reject(room.identifier());
        self.send(vec![rejected]).await?;
        if self.rooms.is_empty() { Err(Some(Reason::Unauthorized)) } else { Ok(()) }
    }

    async fn hear(&mut self, incoming: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let Some(Ok(message)) = incoming else { return Err(None) };
        self.rooms.iter().for_each(Room::heard);
        match message {
            Message::Text(text) if self.budget.take() => {
                let step = self.protocol.hear(text.as_str());
                self.take(step).await
            }
            Message::Text(_) | Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Binary(_) => Err(Some(Reason::InvalidRequest)),
            Message::Close(_) => Err(None),
        }
    }

    async fn take(&mut self, step: Step) -> Result<(), End> {
        match step {
            Step::Nothing => Ok(()),
            Step::Send(text) => self.send(vec![text]).await,
            Step::Join { identifier, room } => self.join(identifier, room).await,
            Step::Leave { identifier } => {
                self.rooms.retain(|room| room.identifier() != identifier);
                self.idle_since = Instant::now();
                Ok(())
            }
            Step::Present { identifier } => {
                let room = self.rooms.iter_mut().find(|room| room.identifier() == identifier);
                let Some(room) = room else { return Ok(()) };
                let texts = room.is_here(&self.app).await;
                self.send(texts).await
            }
            Step::End(reason) => Err(Some(reason)),
        }
    }

    async fn join(&mut self, identifier: String, wanted: Identifier) -> Result<(), End> {
        match Room::open(&self.app, identifier.clone(), &wanted).await {
            Ok((mut room, greeting)) => {
                let mut texts = vec![self.protocol.confirm(room.identifier())];
                for frame in &greeting {
                    texts.extend(room.tell(&self.app, &self.texts, frame).await);
                }
                texts.extend(room.is_here(&self.app).await);
                self.rooms.push(room);
                self.send(texts).await
            }
            Err(Denied::Rejected) => {
                self.idle_since = Instant::now();
                let rejected = self.protocol.reject(&identifier);
                self.send(vec![rejected]).await
            }
            Err(Denied::Later) => Err(Some(Reason::ServerRestart)),
        }
    }

    async fn send(&mut self, texts: Vec<String>) -> Result<(), End> {
        let text = |text| Message::Text(Utf8Bytes::from(text));
        self.flush(texts.into_iter().map(text).collect()).await
    }

    async fn flush(&mut self, messages: Vec<Message>) -> Result<(), End> {
        let socket = &mut self.socket;
        let sending = async {
            for message in messages {
                socket.feed(message).await?;
            }
            SinkExt::<Message>::flush(socket).await
        };
        match timeout(SEND_WITHIN, sending).await {
            Ok(sent) => sent.map_err(|_| None),
            // There is nobody to tell.
            Err(_) => Err(None),
        }
    }
}

/// What any of the rooms says next, and which one it is.
async fn next(rooms: &[Room]) -> (usize, Output) {
    if rooms.is_empty() {
        return pending().await;
    }
    let (output, index, _) = select_all(rooms.iter().map(|room| Box::pin(room.next()))).await;
    (index, output)
}

fn code_of(reason: Reason) -> u16 {
    match reason {
        Reason::Unauthorized | Reason::InvalidRequest | Reason::Idle => 1008,
        Reason::ServerRestart => 1001,
        Reason::TooSlow => 1013,
    }
}
