//! What people write: control, idempotency, notes, quotes, edits, and what is refused.

use tertulia_domain::content::{ActivityAction, Content};
use tertulia_domain::conversation::HolderKind;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::Visibility;
use tertulia_domain::span::{Span, SpanKind};
use tertulia_engine::messages::{Edit, React, Send, delete, edit, react, send};
use tertulia_engine::reads::{mark, mark_by_contact};
use tertulia_engine::{Error, Idempotency};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, reply, text};

on_every_engine!(a_public_message_takes_control_once, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    world.say(id, "Hi").await.unwrap();
    world.say(id, "How can I help?").await.unwrap();
    let conversation = world.conversation().await;
    let control = &conversation.control;
    assert_eq!((control.holder.kind, control.epoch), (HolderKind::Agent, 1));
    assert_eq!(control.holder.name.as_deref(), Some("Ana"));
    assert_eq!(conversation.waiting_since, None);
    let log = world.log(&conversation).await;
    let taken = |content: &Content| {
        matches!(content, Content::Activity { action: ActivityAction::Control, .. })
    };
    assert_eq!(log.iter().filter(|message| taken(&message.content)).count(), 1);
});

on_every_engine!(
    a_widget_message_is_sent_by_being_stored_and_read_by_the_visitor,
    async |db: &TestDb| {
        let world = World::open(db).await;
        let visitor = world.visitor_of("visitor-1").await;
        world.write_as(&visitor, "c1", "Hello").await.unwrap();
        let id = world.conversation().await.id;
        let sent = world.say(id, "Hi").await.unwrap();
        assert_eq!(sent.delivery.unwrap().status, DeliveryStatus::Sent);
        mark_by_contact(&world.engine, &visitor, id, sent.seq).await.unwrap();
        let delivery = world.message(sent.id).await.delivery.unwrap();
        assert_eq!(delivery.status, DeliveryStatus::Read);
        assert_eq!(world.conversation().await.contact_read_seq, sent.seq);
        let events = world.events().await;
        mark_by_contact(&world.engine, &visitor, id, sent.seq - 1).await.unwrap();
        assert_eq!(world.events().await, events, "a watermark that does not move is silent");
    }
);

on_every_engine!(the_same_client_id_gives_the_same_message, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let command = Send { client_id: Some("c1".to_owned()), ..reply(id, "Hi") };
    let first = send(&world.engine, &world.agent(), command.clone()).await.unwrap();
    let again = send(&world.engine, &world.agent(), command).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(world.said().await, ["Hello", "Hi"]);
});

on_every_engine!(an_idempotency_key_gives_the_same_answer, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let used = |fingerprint: &str| {
        let (key, fingerprint) = ("k1".to_owned(), fingerprint.to_owned());
        let mut ctx = world.agent();
        ctx.idempotency = Some(Idempotency { key, fingerprint });
        ctx
    };
    let first = send(&world.engine, &used("a"), reply(id, "Hi")).await.unwrap();
    let again = send(&world.engine, &used("a"), reply(id, "Hi")).await.unwrap();
    assert_eq!(first, again);
    let other = send(&world.engine, &used("b"), reply(id, "Ho")).await.unwrap_err();
    assert_eq!(other, Error::IdempotencyMismatch);
    assert_eq!(world.said().await, ["Hello", "Hi"]);
});

on_every_engine!(nobody_answers_over_a_message_that_he_has_not_seen, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let seen = world.conversation().await;
    world.hear("m2", "Never mind").await;
    let command = Send { expected_seq: Some(seen.last_seq), ..reply(seen.id, "Hi") };
    let refused = send(&world.engine, &world.agent(), command.clone()).await.unwrap_err();
    let last_seq = world.conversation().await.last_seq;
    assert_eq!(refused, Error::SeqBehind { last_seq });
    let command = Send { expected_seq: Some(last_seq), ..command };
    send(&world.engine, &world.agent(), command).await.unwrap();
});

on_every_engine!(a_note_never_reaches_the_customer, async |db: &TestDb| {
    let world = World::open(db).await;
    let visitor = world.visitor_of("visitor-1").await;
    world.write_as(&visitor, "c1", "Hello").await.unwrap();
    let id = world.conversation().await.id;
    let command = Send { visibility: Visibility::Note, ..reply(id, "A difficult one") };
    let note = send(&world.engine, &world.agent(), command).await.unwrap();
    assert_eq!(note.delivery, None);
    let conversation = world.conversation().await;
    assert_eq!(conversation.control.holder.kind, HolderKind::Nobody);
    assert!(conversation.waiting_since.is_some());
    let emoji = Some("👍".to_owned());
    let command = React { conversation: id, message: note.id, emoji };
    let hidden = react(&world.engine, &visitor, command).await.unwrap_err();
    assert_eq!(hidden, Error::NotFound("message"));
});

on_every_engine!(people_change_their_own_messages_only, async |db: &TestDb| {
    let world = World::open(db).await;
    let visitor = world.visitor_of("visitor-1").await;
    let theirs = world.write_as(&visitor, "c1", "Helo").await.unwrap();
    let id = theirs.conversation_id;
    let ours = world.say(id, "Hi").await.unwrap();
    let words = |message| Edit { conversation: id, message, text: "Changed".to_owned() };
    edit(&world.engine, &visitor, words(theirs.id)).await.unwrap();
    edit(&world.engine, &world.agent(), words(ours.id)).await.unwrap();
    assert_eq!(world.said().await, ["Changed", "Changed"]);
    let foreign = edit(&world.engine, &visitor, words(ours.id)).await.unwrap_err();
    assert!(matches!(foreign, Error::Forbidden { .. }), "{foreign}");
    let foreign = delete(&world.engine, &world.agent(), id, theirs.id).await.unwrap_err();
    assert!(matches!(foreign, Error::Forbidden { .. }), "{foreign}");
    delete(&world.engine, &visitor, id, theirs.id).await.unwrap();
    delete(&world.engine, &visitor, id, theirs.id).await.unwrap();
    assert_eq!(world.said().await, ["", "Changed"]);
});

on_every_engine!(unread_is_what_came_after_my_watermark, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "One").await;
    let first = world.conversation().await;
    world.hear("m2", "Two").await;
    world.hear("m3", "Three").await;
    let read = mark(&world.engine, &world.agent(), first.id, first.last_seq).await.unwrap();
    assert_eq!((read.unread_count, read.agent_read_seq), (2, first.last_seq));
    let read = mark(&world.engine, &world.agent(), first.id, 1_000).await.unwrap();
    assert_eq!((read.unread_count, read.agent_read_seq), (0, read.last_seq));
    let read = mark(&world.engine, &world.agent(), first.id, 1).await.unwrap();
    assert_eq!(read.unread_count, 0, "a watermark never goes back");
});

on_every_engine!(a_reply_quotes_only_from_its_own_room, async |db: &TestDb| {
    let world = World::open(db).await;
    let quoted = world.hear("m1", "Where is it?").await.message_id.unwrap();
    let id = world.conversation().await.id;
    let command = Send { reply_to: Some(quoted), ..reply(id, "On its way") };
    let sent = send(&world.engine, &world.agent(), command.clone()).await.unwrap();
    assert_eq!(sent.reply_to.unwrap().text, "Where is it?");
    world.tell(super::world::message("n1", "somebody-else", "Mine")).await;
    let other = world.conversations().await;
    let other = other.iter().find(|s| s.conversation.id != id).unwrap().conversation.id;
    let foreign = Send { conversation: other, content: text("No"), ..command };
    let refused = send(&world.engine, &world.agent(), foreign).await.unwrap_err();
    assert!(refused.to_string().starts_with("/reply_to"), "{refused}");
});

on_every_engine!(formatting_stays_inside_the_text, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let bold = |length| Span { start: 0, length, kind: SpanKind::Bold, url: None };
    let too_long = Send { spans: vec![bold(3)], ..reply(id, "Hi") };
    let refused = send(&world.engine, &world.agent(), too_long).await;
    assert!(matches!(refused, Err(Error::Invalid { pointer, .. }) if pointer == "/spans/0"));
    let fitting = Send { spans: vec![bold(2)], ..reply(id, "Hi") };
    let sent = send(&world.engine, &world.agent(), fitting).await.unwrap();
    assert_eq!(world.message(sent.id).await.spans, [bold(2)]);
});
