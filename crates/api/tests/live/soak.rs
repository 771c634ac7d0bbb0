//! Agents and visitors talk while their sockets are cut at random: each side ends with the whole log.

use std::collections::BTreeMap;

use serde_json::Value;
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_testkit::SeededEntropy;

use crate::world::{Client, World};

const VISITORS: usize = 4;
const MESSAGES: usize = 25;
/// One frame in so many is the last one before the socket is cut.
const CUT_EVERY: u64 = 6;

/// What one side has seen of a room: texts by `seq`.
type Seen = BTreeMap<i64, String>;

/// A socket that comes back from its cursor, whenever it was cut.
struct Follower<'w> {
    world: &'w World,
    token: &'w str,
    chance: SeededEntropy,
    cursor: String,
    client: Option<Client>,
    seen: Seen,
}

impl Follower<'_> {
    /// Reads until so many messages were seen; each at most once.
    async fn follow(&mut self, count: usize) {
        while self.seen.len() < count {
            if self.client.is_none() {
                self.client = Some(self.world.widget(self.token, Some(&self.cursor)).await);
            }
            let Some(client) = &mut self.client else { continue };
            let frame = client.next().await.expect("still open");
            if frame["type"] != "event" {
                continue;
            }
            let event = &frame["event"];
            self.cursor = event["cursor"].as_str().unwrap().to_owned();
            if event["type"] == "message.created" {
                let (seq, text) = entry(&event["data"]["message"]);
                assert!(self.seen.insert(seq, text).is_none(), "{seq} came twice");
            }
            if self.chance.below(CUT_EVERY) == 0 {
                self.client = None;
            }
        }
    }
}

fn entry(message: &Value) -> (i64, String) {
    (message["seq"].as_i64().unwrap(), message["text"].as_str().unwrap().to_owned())
}

async fn talk(world: &World, number: usize, agent: &crate::world::Person) {
    let token = world.visitor().await;
    let me = world.call("GET", "/widget/v1/me", Some(&token), None).await.body;
    let mut follower = Follower {
        world,
        token: &token,
        chance: SeededEntropy::new(u64::try_from(number).unwrap()),
        cursor: me["cursor"].as_str().unwrap().to_owned(),
        client: None,
        seen: Seen::new(),
    };
    let writes = async {
        for turn in 0..MESSAGES {
            let text = format!("{number}-{turn}");
            let message = world.write_text(&token, &text, &text).await;
            let conversation = message["conversation_id"].as_i64().unwrap();
            let note = format!("note {text}");
            world.answer(agent, conversation, Visibility::Note, &note).await;
            let reply = format!("re: {text}");
            world.answer(agent, conversation, Visibility::Public, &reply).await;
        }
    };
    tokio::join!(writes, follower.follow(2 * MESSAGES));
    let page = world.call("GET", "/widget/v1/messages", Some(&token), None).await.body;
    let log: Seen = page["items"].as_array().unwrap().iter().map(entry).collect();
    assert_eq!(follower.seen, log, "visitor {number}");
    assert_eq!(log.len(), 2 * MESSAGES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_side_ends_with_the_log_however_often_it_was_cut() {
    let world = World::serve().await;
    let agent = world.person("ana", Role::Administrator, &[]).await;
    let talks = (0..VISITORS).map(|number| talk(&world, number, &agent));
    futures_util::future::join_all(talks).await;
}
