//! The budget of the hot path: what one message costs the database.

use tertulia_engine::messages::send;
use tertulia_store::statements_run;
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, reply};

/// Statements of a message into an existing conversation, from the door to the commit.
const INBOUND_MAX: u64 = 12;
/// Statements of an agent's second reply.
const OUTBOUND_MAX: u64 = 12;

on_every_engine!(
    a_message_into_an_existing_conversation_keeps_to_its_budget,
    async |db: &TestDb| {
        let world = World::open(db).await;
        world.hear("m1", "Hello").await;
        let before = statements_run();
        world.hear("m2", "Anybody?").await;
        let used = statements_run() - before;
        assert!(used <= INBOUND_MAX, "a channel's message took {used} statements");
        world.say(world.conversation().await.id, "Hi").await.unwrap();
        let before = statements_run();
        world.hear("m3", "At last").await;
        let used = statements_run() - before;
        assert!(used <= INBOUND_MAX, "a message after an answer took {used} statements");
    }
);

on_every_engine!(a_visitors_message_keeps_to_its_budget, async |db: &TestDb| {
    let world = World::open(db).await;
    let visitor = world.visitor_of("visitor-1").await;
    world.write_as(&visitor, "c1", "Hello").await.unwrap();
    let before = statements_run();
    world.write_as(&visitor, "c2", "Anybody?").await.unwrap();
    let used = statements_run() - before;
    assert!(used <= INBOUND_MAX, "a visitor's message took {used} statements");
});

on_every_engine!(a_reply_keeps_to_its_budget, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    world.say(id, "Hi").await.unwrap();
    let before = statements_run();
    send(&world.engine, &world.agent(), reply(id, "How can I help?")).await.unwrap();
    let used = statements_run() - before;
    assert!(used <= OUTBOUND_MAX, "a reply took {used} statements");
});
