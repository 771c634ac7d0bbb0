//! What goes out: in the pieces that Telegram takes, at its pace, and never twice.

use std::time::Duration;

use bytes::Bytes;
use serde_json::json;
use tertulia_domain::ConversationId;
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::span::{Span, SpanKind};
use tertulia_doubles::telegram::{Customer, NewUser};
use tertulia_engine::attachments::{Upload, upload};
use tertulia_engine::messages::{Edit, React, Send, delete, edit, react, send};
use tertulia_engine::outbound::show_typing;
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, text};

/// The smallest picture: one grey dot.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, 0x49, 0x45,
    0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

pub(crate) async fn begun(world: &World) -> (Customer, ConversationId) {
    let bea = world.customer();
    bea.says("Hi").unwrap();
    world.hear().await;
    (bea, world.conversation().await.id)
}

async fn picture(world: &World, name: &str) -> String {
    let file = Upload { name: name.to_owned(), bytes: Bytes::from_static(PNG) };
    upload(&world.engine, &world.agent(), file).await.unwrap().token
}

on_every_engine!(a_long_text_goes_in_two_and_is_one_message_for_us, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    assert_eq!(world.say(&"x".repeat(4_096)).await.delivery.unwrap().status, DeliveryStatus::Sent);
    assert_eq!(world.seen(&bea).len(), 1, "4,096 units fit");
    world.pass(Duration::from_secs(2)).await;
    let long = world.say(&format!("{}y", "x".repeat(4_096))).await;
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.message(long.id).await.delivery.unwrap().status, DeliveryStatus::Sent);
    assert_eq!(world.seen(&bea).len(), 3, "4,097 do not");
    let all = Edit { conversation, message: long.id, text: "short".to_owned() };
    edit(&world.engine, &world.agent(), all).await.unwrap();
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.seen(&bea)[1..], ["short"], "what the edit no longer fills is gone");
    let heart = React { conversation, message: long.id, emoji: Some("❤️".to_owned()) };
    react(&world.engine, &world.agent(), heart).await.unwrap();
    world.pass(Duration::from_secs(2)).await;
    delete(&world.engine, &world.agent(), conversation, long.id).await.unwrap();
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.seen(&bea).len(), 1);
});

on_every_engine!(files_go_by_their_bytes_with_a_caption_and_a_quote, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    let asked = world.said().await[0].id;
    let attachments = vec![picture(&world, "a.png").await, picture(&world, "b.png").await];
    let command = Send {
        conversation,
        content: Content::Image { text: "Two pictures".to_owned() },
        spans: vec![Span { start: 0, length: 3, kind: SpanKind::Bold, url: None }],
        visibility: tertulia_domain::message::Visibility::Public,
        client_id: None,
        external_id: None,
        reply_to: Some(asked),
        attachments,
        expected_seq: None,
    };
    let sent = send(&world.engine, &world.agent(), command).await.unwrap();
    world.work().await;
    assert_eq!(world.message(sent.id).await.delivery.unwrap().status, DeliveryStatus::Sent);
    let books = world.double.books();
    let album = books.requests_of("sendMediaGroup");
    assert_eq!(album.len(), 1);
    assert!(books.violations.is_empty(), "{:?}", books.violations);
    let delivered: Vec<_> = books.delivered.iter().map(|d| &d.message).collect();
    assert_eq!(delivered.len(), 2);
    assert_eq!(delivered[0]["caption"], "Two pictures");
    let bold = json!([{"type": "bold", "offset": 0, "length": 3}]);
    assert_eq!(delivered[0]["caption_entities"], bold);
    assert!(delivered[0]["reply_to_message"]["message_id"].is_number(), "{}", delivered[0]);
    assert_eq!(world.seen(&bea), ["Two pictures"]);
});

on_every_engine!(places_and_cards_arrive, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, _) = begun(&world).await;
    let place = Content::Location {
        latitude: 1.5,
        longitude: 2.5,
        title: "Café".to_owned(),
        address: String::new(),
    };
    let sent = world.write(place).await;
    world.work().await;
    assert_eq!(world.message(sent.id).await.delivery.unwrap().status, DeliveryStatus::Sent);
    let books = world.double.books();
    assert_eq!(books.requests_of("sendVenue").len(), 1);
    assert_eq!(books.chat(bea.chat_id()).unwrap().messages.len(), 2);
});

// A thousand messages to a hundred people, and Telegram never has to say that it is too much.
on_every_engine!(a_thousand_messages_keep_the_pace, async |db: &TestDb| {
    let world = World::open(db).await;
    let customers: Vec<Customer> =
        (0..100).map(|i| world.double.customer(NewUser::named(&format!("C{i}")))).collect();
    for customer in &customers {
        customer.says("Hi").unwrap();
    }
    world.hear().await;
    let conversations = world.conversations().await;
    assert_eq!(conversations.len(), 100);
    for round in 0..10 {
        for conversation in &conversations {
            world.write_in(conversation.id, text(&format!("{round}")), None).await;
        }
    }
    world.double.set(|settings| settings.limits.enforced = true);
    let step = Duration::from_millis(100);
    let sent = || world.double.books().delivered.len();
    let mut steps = 0;
    while sent() < 1_000 && steps < 1_000 {
        world.pass(step).await;
        steps += 1;
    }
    let books = world.double.books();
    assert_eq!(books.delivered.len(), 1_000);
    let refused = books.requests.iter().filter(|request| request.code == 429).count();
    assert_eq!(refused, 0, "refused for being too fast");
    let expected: Vec<String> = (0..10).map(|round| round.to_string()).collect();
    for customer in &customers {
        assert_eq!(books.texts_from_bot(customer.chat_id()), expected, "in order");
    }
    assert!(steps > 300, "{steps} steps: nobody kept any pace");
});

on_every_engine!(an_edit_that_changes_nothing_is_harmless, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    let message = world.say("Same").await;
    let again = Edit { conversation, message: message.id, text: "Same".to_owned() };
    edit(&world.engine, &world.agent(), again).await.unwrap();
    world.pass(Duration::from_secs(2)).await;
    let delivery = world.message(message.id).await.delivery.unwrap();
    assert_eq!((delivery.status, delivery.code), (DeliveryStatus::Sent, None));
    assert_eq!(world.seen(&bea), ["Same"]);
    let told = world.double.books();
    assert_eq!(told.requests_of("editMessageText").len(), 1);
});

on_every_engine!(the_customer_sees_that_somebody_writes, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    show_typing(&world.engine, world.account, conversation).await.unwrap();
    world.work().await;
    let chat = world.double.books();
    assert_eq!(chat.chat(bea.chat_id()).unwrap().action.as_deref(), Some("typing"));
    show_typing(&world.engine, world.account, conversation).await.unwrap();
    world.pass(Duration::from_secs(6)).await;
    assert_eq!(world.double.books().requests_of("sendChatAction").len(), 1, "late is never");
});
