//! Bad days: answers that are lost, limits, blocked bots, tokens that are no more.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::attachment::AttachmentState;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::inbox::{HealthState, ProviderToken};
use tertulia_doubles::telegram::{Fault, FaultKind, NewUser};
use tertulia_engine::inboxes::{SettingsChange, Update, update};
use tertulia_engine::messages::retry;
use tertulia_testkit::{TestDb, on_every_engine};

use super::deliveries::begun;
use super::world::{World, text};

on_every_engine!(a_lost_answer_is_uncertain_and_there_is_one_copy, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, _) = begun(&world).await;
    world.double.fault(Fault::once(FaultKind::DropResponse).of("sendMessage"));
    let message = world.say("Once").await;
    assert_eq!(message.delivery.unwrap().status, DeliveryStatus::Uncertain);
    world.pass(Duration::from_secs(3_600)).await;
    assert_eq!(world.seen(&bea), ["Once"]);
});

on_every_engine!(parts_that_went_are_not_repeated, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    let view = world.write(text(&"word ".repeat(2_000))).await;
    world.work().await;
    world.double.fault(Fault::once(FaultKind::DropResponse).of("sendMessage"));
    world.pass(Duration::from_secs(2)).await;
    let delivery = world.message(view.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Uncertain);
    assert!(delivery.detail.unwrap().starts_with("part 2 of 3"));
    // A person sends it again: the first part is known to be there, the second one is not.
    retry(&world.engine, &world.agent(), conversation, view.id).await.unwrap();
    world.pass(Duration::from_secs(2)).await;
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.message(view.id).await.delivery.unwrap().status, DeliveryStatus::Sent);
    assert_eq!(world.seen(&bea).len(), 4, "one part twice, at a person's wish, and no other");
});

on_every_engine!(too_many_requests_pause_one_chat_for_exactly_so_long, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, _) = begun(&world).await;
    let eva = world.double.customer(NewUser::named("Eva"));
    eva.says("Hi").unwrap();
    world.hear().await;
    let all = world.conversations().await;
    let of = |name: &str| all.iter().find(|c| c.contact.name.starts_with(name)).unwrap().id;
    let limit = FaultKind::TooManyRequests { retry_after_secs: 3_600 };
    world.double.fault(Fault::once(limit).of("sendMessage").in_chat(bea.chat_id()));
    let paused = world.write_in(of("Bea"), text("Later"), None).await;
    let other = world.write_in(of("Eva"), text("Now"), None).await;
    world.work().await;
    world.pass(Duration::from_secs(1)).await;
    let delivery = world.message(paused.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Queued);
    assert!(delivery.detail.unwrap().contains("3600"), "people see how long");
    assert_eq!(world.message(other.id).await.delivery.unwrap().status, DeliveryStatus::Sent);
    world.pass(Duration::from_secs(3_598)).await;
    assert!(world.seen(&bea).is_empty(), "not a second too early");
    world.pass(Duration::from_secs(1)).await;
    assert_eq!(world.seen(&bea), ["Later"]);
});

on_every_engine!(a_refusal_makes_the_customer_unreachable, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, conversation) = begun(&world).await;
    let first = world.write(text("One")).await;
    let second = world.write(text("Two")).await;
    bea.blocks(true).unwrap();
    // The news has not come yet; the refusal says the same.
    world.work().await;
    let delivery = world.message(first.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Rejected);
    assert_eq!(delivery.code.as_deref(), Some("blocked_by_customer"));
    let delivery = world.message(second.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Canceled);
    assert_eq!(world.double.books().requests_of("sendMessage").len(), 1);
    assert_eq!(conversation, world.conversation().await.id);
});

on_every_engine!(a_revoked_token_shows_and_loses_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let (bea, _) = begun(&world).await;
    let bot = world.double.bot();
    world.double.revoke(bot.id);
    let message = world.say("Wait for it").await;
    assert_eq!(message.delivery.unwrap().status, DeliveryStatus::Queued);
    let health = world.inbox().await.health.unwrap();
    assert_eq!(health.state, HealthState::Refused);
    assert!(!health.detail.unwrap().contains(&bot.token));
    world.double.restore(bot.id);
    let settings =
        SettingsChange { token: Some(ProviderToken::new(bot.token)), ..SettingsChange::default() };
    let command = Update { settings: Some(settings), ..Update::default() };
    update(&world.engine, &world.agent(), world.inbox, command).await.unwrap();
    // No longer than the pace of a chat.
    world.pass(Duration::from_millis(1_100)).await;
    assert_eq!(world.seen(&bea), ["Wait for it"]);
    assert_eq!(world.inbox().await.health.unwrap().state, HealthState::Ok);
});

on_every_engine!(a_file_that_is_too_large_says_so, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.sends(&json!({"document": {"name": "film.mkv", "size_bytes": 21_000_000}})).unwrap();
    world.hear().await;
    let file = world.said().await.remove(0).attachments.remove(0);
    assert_eq!((file.state, file.name.as_str()), (AttachmentState::Failed, "film.mkv"));
    assert!(file.problem.unwrap().contains("20 MB"));
});

on_every_engine!(a_server_that_fails_is_asked_for_the_file_again, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    world.double.fault(Fault::once(FaultKind::ServerError { status: 502 }).of("getFile"));
    bea.sends(&json!({"document": {"name": "a.txt"}})).unwrap();
    world.hear().await;
    assert_eq!(world.said().await[0].attachments[0].state, AttachmentState::Fetching);
    world.pass(Duration::from_secs(10)).await;
    assert_eq!(world.said().await[0].attachments[0].state, AttachmentState::Ready);
});
