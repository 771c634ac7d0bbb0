//! First messages of one new person, all at once.

use std::sync::Arc;

use tertulia_engine::inbound::Outcome;
use tertulia_testkit::{TestDb, on_every_engine};
use tokio::task::JoinSet;

use super::world::World;

const AT_ONCE: usize = 10;

on_every_engine!(ten_first_messages_make_one_conversation_without_gaps, async |db: &TestDb| {
    let world = Arc::new(World::open(db).await);
    let mut tasks = JoinSet::new();
    for n in 0..AT_ONCE {
        let world = Arc::clone(&world);
        tasks.spawn(async move { world.hear(&format!("m{n}"), &format!("text {n}")).await });
    }
    while let Some(answer) = tasks.join_next().await {
        assert_eq!(answer.unwrap().outcome, Outcome::Accepted);
    }
    let conversation = world.conversation().await;
    let log = world.log(&conversation).await;
    let seqs: Vec<i64> = log.iter().map(|message| message.seq).collect();
    let expected: Vec<i64> = (1..=i64::try_from(AT_ONCE).unwrap() + 1).collect();
    assert_eq!(seqs, expected);
    let mut said = world.said().await;
    said.sort();
    let mut texts: Vec<String> = (0..AT_ONCE).map(|n| format!("text {n}")).collect();
    texts.sort();
    assert_eq!(said, texts);
});

on_every_engine!(row_31_one_event_many_times_at_once_is_one_message, async |db: &TestDb| {
    let world = Arc::new(World::open(db).await);
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let world = Arc::clone(&world);
        tasks.spawn(async move { world.hear("m1", "Hello").await });
    }
    let mut answers = Vec::new();
    while let Some(answer) = tasks.join_next().await {
        answers.push(answer.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "the same answer for all");
    assert_eq!(world.said().await, ["Hello"]);
});

on_every_engine!(the_feed_of_a_room_is_in_the_order_of_its_numbers, async |db: &TestDb| {
    let world = Arc::new(World::open(db).await);
    world.hear("m0", "Hello").await;
    let id = world.conversation().await.id;
    let mut tasks = JoinSet::new();
    for n in 1..=20 {
        let world = Arc::clone(&world);
        tasks.spawn(async move {
            if n % 2 == 0 {
                world.hear(&format!("m{n}"), "in").await;
            } else {
                world.say(id, "out").await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let seqs = world.created_seqs().await;
    let mut sorted = seqs.clone();
    sorted.sort_unstable();
    assert_eq!(seqs, sorted);
});

impl World {
    /// The numbers of all messages in the order of the feed.
    async fn created_seqs(&self) -> Vec<i64> {
        use tertulia_domain::event::EventKind;
        use tertulia_store::events::{Cursor, after_in_account};
        let account = self.account;
        let read = self.engine.store.read(tertulia_store::Scope::Account(account), move |tx| {
            after_in_account(tx, account, Cursor::default(), 10_000)
        });
        let events = read.await.unwrap();
        let created = events.iter().filter(|event| event.kind == EventKind::MessageCreated);
        let data = created.map(|event| event.data.read::<serde_json::Value>().unwrap());
        data.map(|data| data["message"]["seq"].as_i64().unwrap()).collect()
    }
}
