//! `kill -9` in a loop under load: every message that was acknowledged is there, once and in order.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use reqwest::Method;
use serde_json::{Value, json};
use tertulia_testkit::SeededEntropy;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::app::Client;
use crate::process::{Server, command};

const ROUTE: &str = "/widget/v1/messages";
const KILLS: usize = 200;
const WRITERS: usize = 4;
/// Acknowledgements between a start and a kill, at most.
const ACKS_MAX: u64 = 30;
/// A kill comes this much after an acknowledgement, at most: anywhere in the next ones' work.
const DELAY_MICROS_MAX: u64 = 4_000;
const SEED: u64 = 20_260_101;

/// Where the server is, while it is somewhere.
type Address = watch::Receiver<Option<String>>;

/// A message that was acknowledged: whose, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ack {
    writer: usize,
    number: usize,
}

#[test]
fn every_acknowledged_message_survives_kills() {
    if let Err(fault) = survive(KILLS, WRITERS, &Door::Server) {
        panic!("seed {SEED}: {fault}");
    }
}

/// The loop is worth something only if it finds a server that is too quick with its word.
#[test]
fn the_loop_finds_an_acknowledgement_before_the_commit() {
    let hasty = Door::Hasty(Arc::default());
    let fault = survive(3, 1, &hasty).expect_err("nothing was missed");
    assert!(fault.contains("stands at place") || fault.contains("acknowledged"), "{fault}");
}

/// Kills the server again and again under load, then compares what was acknowledged with what is there.
fn survive(kills: usize, writers: usize, door: &Door) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    let mut server = start(dir.path());
    let compared = tertulia_testkit::runtime().block_on(async {
        let desk = Desk::open(&mut server).await;
        let mut tasks = JoinSet::new();
        let (announce, address) = watch::channel(Some(door.open(&server, &mut tasks).await));
        let (acks, mut acknowledged) = mpsc::unbounded_channel();
        for writer in 0..writers {
            let visitor = desk.visitor().await;
            tasks.spawn(write(writer, visitor, address.clone(), acks.clone()));
        }
        let random = SeededEntropy::new(SEED);
        let mut ledger: BTreeMap<usize, usize> = BTreeMap::new();
        for kill in 0..kills {
            for _ in 0..=random.below(ACKS_MAX) {
                note(&mut ledger, acknowledged.recv().await.expect("a writer"));
            }
            std::thread::park_timeout(Duration::from_micros(random.below(DELAY_MICROS_MAX)));
            server.kill();
            announce.send_replace(None);
            server = start(dir.path());
            assert!(server.base.starts_with("http"), "kill {kill}, seed {SEED}");
            announce.send_replace(Some(door.open(&server, &mut tasks).await));
        }
        tasks.shutdown().await;
        while let Ok(ack) = acknowledged.try_recv() {
            note(&mut ledger, ack);
        }
        compare(&ledger, &desk.client.moved(&server.base).stored().await)
    });
    assert!(server.terminate().success());
    compared
}

/// Where the writers knock.
enum Door {
    Server,
    /// In front of it, something that acknowledges a message when it has it in memory, and hands it on
    /// when the next one comes; what it holds is lost with the server.
    Hasty(Arc<Mutex<Held>>),
}

/// The message that was acknowledged and not handed on.
type Held = Option<(String, String)>;

impl Door {
    /// The address to write to, now that the server is there.
    async fn open(&self, server: &Server, tasks: &mut JoinSet<()>) -> String {
        let Door::Hasty(held) = self else { return server.base.clone() };
        held.lock().unwrap().take();
        let (held, upstream) = (Arc::clone(held), Client::new(&server.base));
        let take = move |headers: HeaderMap, body: String| async move {
            let token = headers["authorization"].to_str().unwrap().to_owned();
            let before = held.lock().unwrap().replace((token, body));
            if let Some((token, body)) = before {
                let upstream = upstream.with("authorization", &token);
                let json = Some("application/json");
                drop(upstream.try_send(Method::POST, ROUTE, json, body).await);
            }
            StatusCode::CREATED
        };
        let router = Router::new().route(ROUTE, post(take));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }
}

/// Takes an acknowledgement down; a writer's come in order, or it has skipped one.
fn note(ledger: &mut BTreeMap<usize, usize>, ack: Ack) {
    let count = ledger.entry(ack.writer).or_default();
    assert_eq!(ack.number, *count, "writer {} skipped one", ack.writer);
    *count += 1;
}

/// Compares what was acknowledged with what is stored, in its order.
fn compare(ledger: &BTreeMap<usize, usize>, stored: &[Ack]) -> Result<(), String> {
    for (writer, acknowledged) in ledger {
        let found: Vec<usize> =
            stored.iter().filter(|ack| ack.writer == *writer).map(|ack| ack.number).collect();
        if let Some((place, number)) = found.iter().enumerate().find(|(place, n)| place != *n) {
            return Err(format!("writer {writer}: message {number} stands at place {place}"));
        }
        // One more than acknowledged may be there: its answer was lost in the kill.
        if !(*acknowledged..=acknowledged + 1).contains(&found.len()) {
            return Err(format!(
                "writer {writer}: {acknowledged} acknowledged, {} there",
                found.len()
            ));
        }
    }
    let unheard = stored.iter().find(|ack| !ledger.contains_key(&ack.writer) && ack.number > 0);
    unheard.map_or(Ok(()), |ack| Err(format!("nobody acknowledged what came before {ack:?}")))
}

/// Sends one message after the other, each until it is acknowledged.
async fn write(
    writer: usize,
    visitor: String,
    mut address: Address,
    acks: mpsc::UnboundedSender<Ack>,
) {
    for number in 0.. {
        loop {
            let Ok(base) = address.wait_for(Option::is_some).await.map(|base| base.clone()) else {
                return;
            };
            let client = Client::new(&base.unwrap()).with_token(&visitor);
            let body = text(writer, number);
            let answer = client.try_send(Method::POST, ROUTE, Some("application/json"), body);
            if answer.await.is_some_and(|answer| answer.status.is_success()) {
                break;
            }
            // The server is on its way down: wait for the next one.
            if address.changed().await.is_err() {
                return;
            }
        }
        if acks.send(Ack { writer, number }).is_err() {
            return;
        }
    }
}

fn text(writer: usize, number: usize) -> String {
    let text = format!("{writer}/{number}");
    json!({"client_id": text, "content": {"type": "text", "text": text}}).to_string()
}

/// A server that takes any number of messages from one visitor.
fn start(data_dir: &Path) -> Server {
    let mut command = command(data_dir, &["serve"]);
    for limit in ["MESSAGES_PER_VISITOR_PER_MINUTE_MAX", "MESSAGES_PER_IP_PER_MINUTE_MAX"] {
        command.env(format!("TERTULIA_VISITORS__{limit}"), "0");
    }
    Server::start_with(command)
}

/// The account: its administrator's browser, and its website.
struct Desk {
    client: Client,
    stranger: Client,
    key: String,
}

impl Desk {
    /// Sets the server up as a person would.
    async fn open(server: &mut Server) -> Self {
        let client = Client::set_up(server).await;
        let body = json!({"name": "website", "channel": "widget"});
        let inbox = client.post("/v1/inboxes", &body).await.json();
        let key = inbox["settings"]["key"].as_str().expect("a widget").to_owned();
        Self { client, stranger: Client::new(&server.base), key }
    }

    /// The token of a new visitor.
    async fn visitor(&self) -> String {
        let route = format!("/widget/v1/{}/visitors", self.key);
        let made = self.stranger.post(&route, &json!({})).await.json();
        made["token"].as_str().expect("a visitor").to_owned()
    }
}

impl Client {
    /// Every message that came in, in the order of the journal.
    async fn stored(&self) -> Vec<Ack> {
        let (mut stored, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/v1/events?limit=100{cursor}")).await.json();
            let events = page["items"].as_array().expect("events").clone();
            if events.is_empty() {
                return stored;
            }
            stored.extend(events.iter().filter_map(received));
            cursor = format!("&cursor={}", page["next_cursor"].as_str().expect("a cursor"));
        }
    }
}

fn received(event: &Value) -> Option<Ack> {
    let message = &event["data"]["message"];
    if event["type"] != "message.created" || message["direction"] != "in" {
        return None;
    }
    let (writer, number) = message["text"].as_str()?.split_once('/')?;
    Some(Ack { writer: writer.parse().ok()?, number: number.parse().ok()? })
}

#[test]
fn the_comparison_finds_what_is_lost_doubled_or_out_of_order() {
    let ledger = BTreeMap::from([(0, 3)]);
    let stored = |numbers: &[usize]| -> Vec<Ack> {
        numbers.iter().map(|number| Ack { writer: 0, number: *number }).collect()
    };
    assert!(compare(&ledger, &stored(&[0, 1, 2])).is_ok());
    assert!(compare(&ledger, &stored(&[0, 1, 2, 3])).is_ok());
    for wrong in
        [&[0, 1][..], &[0, 2, 1], &[0, 1, 1, 2], &[0, 1, 2, 2], &[0, 2], &[], &[0, 1, 2, 3, 4]]
    {
        assert!(compare(&ledger, &stored(wrong)).is_err(), "{wrong:?}");
    }
    let stranger = [&stored(&[0, 1, 2])[..], &[Ack { writer: 1, number: 1 }]].concat();
    assert!(compare(&ledger, &stranger).is_err());
    let unanswered = [&stored(&[0, 1, 2])[..], &[Ack { writer: 1, number: 0 }]].concat();
    assert!(compare(&ledger, &unanswered).is_ok());
}
