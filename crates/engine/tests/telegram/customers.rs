//! What customers do: everything that they can send arrives, once, and as what it is.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::attachment::{AttachmentState, MediaKind};
use tertulia_domain::content::{ActivityAction, Button, Content};
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::span::SpanKind;
use tertulia_store::{Scope, contacts};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, text};

/// Longer than an album waits for its next piece.
const PAUSE: Duration = Duration::from_millis(900);

on_every_engine!(a_customer_is_known_by_name_language_and_origin, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.wears(&json!({})).unwrap();
    bea.starts(Some("promo_42")).unwrap();
    world.hear().await;
    let conversation = world.conversation().await;
    assert_eq!(conversation.contact.name, "Bea Lima");
    assert_eq!(conversation.origin.unwrap().start.as_deref(), Some("promo_42"));
    assert_eq!(world.texts().await, ["/start promo_42"]);
    let (account, id) = (world.account, conversation.contact.id);
    let read = world
        .engine
        .store
        .read(Scope::Account(account), move |tx| contacts::shown(tx, account, id));
    let (contact, identities) = read.await.unwrap().unwrap();
    assert_eq!(contact.locale.as_deref(), Some("pt"));
    assert_eq!(contact.attributes["telegram_username"], "bea");
    assert_eq!(identities[0].address, "9007199254740993");
    assert!(contact.avatar_token.is_some(), "the picture was fetched");
});

on_every_engine!(every_kind_arrives_as_what_it_is, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    let entities = json!([{"type": "bold", "offset": 0, "length": 2}]);
    for what in [
        json!({"text": "Hi there", "entities": entities}),
        json!({"photo": true, "caption": "Look"}),
        json!({"document": {"name": "invoice.pdf"}}),
        json!({"voice": true}),
        json!({"video_note": true}),
        json!({"sticker": true}),
        json!({"location": {"latitude": 1.5, "longitude": 2.5}}),
        json!({"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Café", "address": "Rua 1"}}),
        json!({"contact": {"phone_number": "+551190000", "first_name": "Eva"}}),
        json!({"poll": {"question": "When?", "options": ["Now", "Later"]}}),
        json!({"dice": {"emoji": "🎲", "value": 3}}),
        json!({"hologram": {"size": 3}}),
    ] {
        bea.sends(&what).unwrap();
    }
    world.hear().await;
    let said = world.said().await;
    let kinds: Vec<&str> = said.iter().map(|message| message.content.kind()).collect();
    let expected = [
        "text",
        "image",
        "file",
        "audio",
        "video",
        "sticker",
        "location",
        "location",
        "contact",
        "text",
        "text",
        "unsupported",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(said[0].spans[0].kind, SpanKind::Bold);
    assert_eq!(said[1].attachments[0].kind, MediaKind::Image);
    for message in &said[1..6] {
        assert_eq!(message.attachments[0].state, AttachmentState::Ready, "{:?}", message.content);
    }
    assert_eq!(said[9].text, "📊 When?\n• Now\n• Later");
    assert_eq!(said[11].content, Content::Unsupported { kind: "hologram".into(), text: "".into() });
});

on_every_engine!(an_album_is_one_message_whatever_its_pieces_do, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    let photo = json!({"photo": true});
    let sent = bea
        .sends_album(&[photo.clone(), json!({"photo": true, "caption": "Three"}), photo.clone()])
        .unwrap();
    world.hear().await;
    assert!(world.conversations().await.is_empty(), "it waits for its last piece");
    world.pass(PAUSE).await;
    let said = world.said().await;
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].text.as_str(), said[0].attachments.len()), ("Three", 3));
    world.pass(PAUSE).await;
    // Each piece is the message: an answer to the last one quotes it.
    bea.sends(&json!({"text": "This one", "reply_to": sent[2].message_id})).unwrap();
    bea.edits(sent[1].message_id, &json!({"photo": true, "caption": "All three"})).unwrap();
    world.hear().await;
    let said = world.said().await;
    assert_eq!(said[0].text, "All three");
    assert_eq!(said[1].reply_to.as_ref().map(|quote| quote.id), Some(said[0].id));
});

on_every_engine!(a_piece_of_an_album_that_comes_late_is_added, async |db: &TestDb| {
    let world = World::open(db).await;
    let album = json!("55");
    let piece = |caption: &str| json!({"photo": true, "caption": caption, "media_group_id": album});
    let bea = world.customer();
    bea.sends(&piece("")).unwrap();
    world.hear().await;
    world.pass(PAUSE).await;
    bea.sends(&piece("Late")).unwrap();
    world.hear().await;
    world.pass(PAUSE).await;
    let said = world.said().await;
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].text.as_str(), said[0].attachments.len()), ("Late", 2));
    let ready = |state| state == AttachmentState::Ready;
    assert!(said[0].attachments.iter().all(|file| ready(file.state)));
});

on_every_engine!(edits_and_reactions_follow_their_message, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    let hello = bea.says("Helo").unwrap();
    world.hear().await;
    bea.edits(hello.message_id, &json!({"text": "Hello"})).unwrap();
    world.hear().await;
    let edited = world.said().await.remove(0);
    assert_eq!((edited.text.as_str(), edited.edited_at.is_some()), ("Hello", true));
    let answer = world.say("Hi Bea").await;
    let seen = world.double.books().chat(bea.chat_id()).unwrap().messages.clone();
    let ours = seen.last().unwrap()["message_id"].as_i64().unwrap();
    for (reactions, left) in [(vec!["👍"], Some("👍")), (vec!["🔥"], Some("🔥")), (vec![], None)]
    {
        bea.reacts(ours, &reactions).unwrap();
        world.hear().await;
        let message = world.message(answer.id).await;
        assert_eq!(message.reactions.first().map(|r| r.emoji.as_str()), left);
    }
    bea.sends(&json!({"text": "Thanks", "reply_to": ours})).unwrap();
    world.hear().await;
    let quote = world.said().await.pop().unwrap().reply_to.unwrap();
    assert_eq!(quote.id, answer.id, "a quote of a message of ours is found");
});

on_every_engine!(a_tap_is_the_answer_to_its_message_and_is_confirmed, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.says("Hi").unwrap();
    world.hear().await;
    let button = |id: &str, title: &str| Button { id: id.into(), title: title.into(), url: None };
    let buttons = vec![button("yes", "Yes"), button(&"n".repeat(200), "No")];
    let asked = world.write(Content::Buttons { text: "Sure?".into(), buttons }).await;
    world.work().await;
    let seen = world.double.books().chat(bea.chat_id()).unwrap().messages.clone();
    let ours = seen.last().unwrap();
    let keys = &ours["message"]["reply_markup"]["inline_keyboard"];
    let data = keys[1][0]["callback_data"].as_str().unwrap().to_owned();
    bea.taps(ours["message_id"].as_i64().unwrap(), &data).unwrap();
    world.hear().await;
    let reply = world.said().await.pop().unwrap();
    let Content::Reply { text, message_id, values } = &reply.content else { panic!("{reply:?}") };
    assert_eq!((text.as_str(), *message_id), ("No", asked.id.0));
    assert_eq!(values["button"], "n".repeat(200));
    let books = world.double.books();
    assert_eq!(books.requests_of("answerCallbackQuery").len(), 1);
    assert!(books.violations.is_empty(), "{:?}", books.violations);
});

on_every_engine!(who_blocks_the_bot_is_unreachable_until_they_come_back, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.says("Hi").unwrap();
    world.hear().await;
    let waiting = world.write(text("Are you there?")).await;
    bea.blocks(true).unwrap();
    // Heard before the worker gets to the message.
    let place = (world.account, world.inbox);
    tertulia_engine::inboxes::poll(&world.engine, "node", place, None, 0).await.unwrap();
    let canceled = world.message(waiting.id).await.delivery.unwrap();
    assert_eq!(canceled.status, DeliveryStatus::Canceled);
    assert_eq!(canceled.code.as_deref(), Some("contact_unreachable"));
    world.work().await;
    assert!(world.seen(&bea).is_empty());
    assert!(unreachable(&world).await);
    bea.starts(None).unwrap();
    world.hear().await;
    assert!(!unreachable(&world).await);
    let log = world.log_of(&world.conversation().await).await;
    let told = |action| {
        log.iter()
            .any(|m| matches!(&m.content, Content::Activity { action: a, .. } if *a == action))
    };
    assert!(told(ActivityAction::Unreachable) && told(ActivityAction::Reachable));
    assert_eq!(world.say("Welcome back").await.delivery.unwrap().status, DeliveryStatus::Sent);
});

async fn unreachable(world: &World) -> bool {
    let (account, id) = (world.account, world.conversation().await.contact.id);
    let read = world
        .engine
        .store
        .read(Scope::Account(account), move |tx| contacts::shown(tx, account, id));
    let (_, identities) = read.await.unwrap().unwrap();
    identities[0].unreachable_at.is_some()
}

on_every_engine!(a_group_is_one_contact_and_moves_without_losing_anything, async |db: &TestDb| {
    let world = World::open(db).await;
    let group = world.double.add_group("Family");
    let bea = world.customer().in_group(group);
    bea.says("Hello all").unwrap();
    world.hear().await;
    let said = world.said().await;
    assert_eq!(world.conversation().await.contact.name, "Family");
    assert_eq!(said[0].sender.name, "Bea Lima");
    // Two answers wait when the group gets its new number; the first one finds out by being refused.
    let waiting = [world.write(text("One")).await, world.write(text("Two")).await];
    let moved = bea.migrates().unwrap();
    world.work().await;
    world.pass(Duration::from_secs(4)).await;
    world.pass(Duration::from_secs(4)).await;
    for view in &waiting {
        let delivery = world.message(view.id).await.delivery.unwrap();
        assert_eq!(delivery.status, DeliveryStatus::Sent, "{delivery:?}");
    }
    assert_eq!(world.double.books().texts_from_bot(moved), ["One", "Two"]);
    world.customer().in_group(moved).says("Still here").unwrap();
    world.hear().await;
    assert_eq!(world.texts().await, ["Hello all", "One", "Two", "Still here"]);
});
