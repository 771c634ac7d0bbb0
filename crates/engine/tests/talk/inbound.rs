//! What a customer's message does, from the first one to the one after closing.

use serde_json::json;
use sha2::{Digest, Sha256};
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::Direction;
use tertulia_domain::status::Status;
use tertulia_engine::conversations::{resolve, snooze};
use tertulia_engine::inbound::{Outcome, sweep_parked};
use tertulia_store::{Scope, identities, quarantine};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{REOPEN_WINDOW_SECS, World, message};

on_every_engine!(the_first_message_makes_contact_room_and_conversation, async |db: &TestDb| {
    let world = World::open(db).await;
    let answer = world.hear("m1", "Hello").await;
    assert_eq!(answer.outcome, Outcome::Accepted);
    let conversation = world.conversation().await;
    assert_eq!((conversation.contact.name.as_str(), conversation.number), ("Bea", 1));
    assert_eq!(conversation.status, Status::Open);
    assert_eq!(conversation.waiting_since, Some(conversation.created_at));
    assert_eq!(conversation.sessions.len(), 1);
    let preview = conversation.last_message.clone().unwrap();
    assert_eq!((preview.text.as_str(), preview.direction), ("Hello", Direction::In));
    let seqs: Vec<i64> = world.log(&conversation).await.iter().map(|m| m.seq).collect();
    assert_eq!(seqs, [1, 2], "the line that it was created, and the message");
});

on_every_engine!(more_messages_continue_and_only_the_first_waits, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let since = world.conversation().await.waiting_since;
    world.pass(30);
    world.hear("m2", "Anybody?").await;
    let conversation = world.conversation().await;
    assert_eq!(conversation.waiting_since, since);
    assert_eq!(world.said().await, ["Hello", "Anybody?"]);
});

on_every_engine!(a_repeated_event_gets_the_same_answer_and_changes_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let first = world.hear("m1", "Hello").await;
    let events = world.events().await;
    assert_eq!(world.hear("m1", "Hello").await, first);
    assert_eq!(world.events().await, events);
    assert_eq!(world.said().await, ["Hello"]);
});

on_every_engine!(closing_is_undone_within_the_window_and_not_after_it, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let window = u64::try_from(REOPEN_WINDOW_SECS).unwrap();
    resolve(&world.engine, &world.agent(), id).await.unwrap();
    world.pass(window);
    world.hear("m2", "One more thing").await;
    assert_eq!(world.conversation().await.status, Status::Open);
    resolve(&world.engine, &world.agent(), id).await.unwrap();
    world.pass(window + 1);
    world.hear("m3", "New matter").await;
    let all = world.conversations().await;
    let statuses: Vec<Status> = all.iter().map(|s| s.conversation.status).collect();
    assert_eq!(statuses, [Status::Open, Status::Resolved]);
    assert_eq!(all[0].conversation.room_id, all[1].conversation.room_id);
});

on_every_engine!(a_message_wakes_a_snoozed_conversation, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let until = world.clock_in(3_600);
    snooze(&world.engine, &world.agent(), id, until).await.unwrap();
    assert_eq!(world.conversation().await.status, Status::Snoozed);
    world.hear("m2", "Sooner").await;
    let conversation = world.conversation().await;
    assert_eq!((conversation.status, conversation.snoozed_until), (Status::Open, None));
});

on_every_engine!(one_conversation_over_all_inboxes, async |db: &TestDb| {
    let world = World::with(db, ConversationPolicy::Contact, None).await;
    write_on_both_inboxes(&world).await;
    let conversation = world.conversation().await;
    assert_eq!(conversation.sessions.len(), 2);
    assert_eq!(conversation.sessions[0].inbox_id, world.widget, "last seen first");
});

on_every_engine!(one_conversation_for_each_inbox, async |db: &TestDb| {
    let world = World::with(db, ConversationPolicy::ContactInbox, None).await;
    write_on_both_inboxes(&world).await;
    assert_eq!(world.conversations().await.len(), 2);
});

async fn write_on_both_inboxes(world: &World) {
    world.hear("m1", "On the app").await;
    world.pass(1);
    let visitor = world.visitor_of("customer-7").await;
    world.write_as(&visitor, "c1", "On the website").await.unwrap();
}

on_every_engine!(an_edit_that_overtook_its_message_waits_for_it, async |db: &TestDb| {
    let world = World::open(db).await;
    let edit = json!({"type": "edit", "id": "e1", "message_id": "m1", "text": "Hello there"});
    assert_eq!(world.tell(edit.clone()).await.outcome, Outcome::Parked);
    world.hear("m1", "Helo").await;
    assert_eq!(world.said().await, ["Hello there"]);
    assert_eq!(world.tell(edit).await.outcome, Outcome::Accepted);
    assert_eq!(world.said().await, ["Hello there"]);
});

on_every_engine!(row_36_and_37_what_waits_in_vain_ends_in_quarantine, async |db: &TestDb| {
    let world = World::open(db).await;
    let edit = json!({"type": "edit", "id": "e1", "message_id": "nobody", "text": "Hello"});
    let receipt = json!({"type": "receipt", "id": "r1", "message_id": 99, "status": "read"});
    assert_eq!(world.tell(edit).await.outcome, Outcome::Parked);
    assert_eq!(world.tell(receipt).await.outcome, Outcome::Parked);
    assert_eq!(sweep_parked(&world.engine).await.unwrap(), 0);
    world.pass(86_401);
    assert_eq!(sweep_parked(&world.engine).await.unwrap(), 2);
    assert_eq!(sweep_parked(&world.engine).await.unwrap(), 0);
    assert_eq!(world.quarantined().await, ["its message never came", "its message never came"]);
});

on_every_engine!(deletes_empty_and_reactions_replace_each_other, async |db: &TestDb| {
    let world = World::open(db).await;
    let id = world.hear("m1", "Hello").await.message_id.unwrap();
    for (event, emoji) in [("x1", json!("👍")), ("x2", json!("🎉"))] {
        world
            .tell(json!({"type": "reaction", "id": event, "message_id": "m1",
                "contact_id": "customer-7", "emoji": emoji}))
            .await;
    }
    let reactions = world.message(id).await.reactions;
    assert_eq!((reactions.len(), reactions[0].emoji.as_str()), (1, "🎉"));
    world.tell(json!({"type": "delete", "id": "d1", "message_id": "m1"})).await;
    let deleted = world.message(id).await;
    assert_eq!((deleted.text.as_str(), deleted.reactions.len()), ("", 0));
    assert!(deleted.deleted_at.is_some());
});

on_every_engine!(receipts_move_a_message_only_forward, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let sent = world.say(world.conversation().await.id, "Hi").await.unwrap();
    for (id, status) in [("r1", "read"), ("r2", "sent"), ("r3", "delivered"), ("r1", "read")] {
        let event = json!({"type": "receipt", "id": id, "message_id": sent.id, "status": status});
        assert_eq!(world.tell(event).await.outcome, Outcome::Accepted);
    }
    let delivery = world.message(sent.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Read);
});

on_every_engine!(an_erased_address_comes_back_as_somebody_new, async |db: &TestDb| {
    let world = World::open(db).await;
    let (account, inbox, now) = (world.account, world.api, world.now());
    let hash = hex(&Sha256::digest(b"customer-7"));
    world.write(move |tx| identities::bury(tx, account, inbox, &hash, now)).await;
    world.hear("m1", "Hello").await;
    assert_eq!(world.conversation().await.contact.name, "Anonymous");
});

on_every_engine!(
    a_blocked_contact_is_kept_aside_without_disturbing_anybody,
    async |db: &TestDb| {
        let world = World::open(db).await;
        world.hear("m1", "Hello").await;
        let before = world.conversation().await;
        world.block(before.contact.id).await;
        let answer = world.tell(message("m2", "customer-7", "Spam")).await;
        assert_eq!(answer.outcome, Outcome::Quarantined);
        assert_eq!(world.said().await, ["Hello"]);
        assert_eq!(world.conversation().await.last_seq, before.last_seq);
        assert_eq!(world.quarantined().await, ["the contact is blocked"]);
        let visitor = world.visitor_of("customer-7").await;
        let refused = world.write_as(&visitor, "c1", "Spam").await.unwrap_err();
        assert!(refused.to_string().contains("blocked"), "{refused}");
    }
);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl World {
    pub(crate) async fn quarantined(&self) -> Vec<String> {
        let account = self.account;
        let read = self
            .engine
            .store
            .read(Scope::Account(account), move |tx| quarantine::newest(tx, account, 100));
        read.await.unwrap().into_iter().map(|item| item.reason).collect()
    }
}
