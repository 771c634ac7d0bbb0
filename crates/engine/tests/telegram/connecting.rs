//! Connecting a bot by its token, by webhook or by asking, and keeping it connected.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::Clock as _;
use tertulia_domain::inbox::{BotCommand, HealthState, InboxSettings, TelegramMode};
use tertulia_engine::Error;
use tertulia_engine::inboxes::{Polled, SettingsChange, Update, poll, update, watch};
use tertulia_store::events::{self, Cursor};
use tertulia_store::{Scope, jobs};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::World;

on_every_engine!(a_token_is_all_that_is_needed, async |db: &TestDb| {
    let world = World::at(db, "https://desk.example").await;
    let inbox = world.inbox().await;
    assert_eq!(inbox.name, "Simulated shop");
    let InboxSettings::Telegram(settings) = &inbox.settings else { panic!() };
    assert_eq!(settings.username, "simulated_shop_bot");
    assert_eq!(settings.mode, Some(TelegramMode::Webhook));
    assert_eq!(inbox.health.unwrap().state, HealthState::Ok);
    let webhook = world.double.books().bots[0]["webhook"].clone();
    assert_eq!(webhook["url"], format!("https://desk.example/hooks/{}", inbox.hook_token));
    assert_eq!(webhook["secret_token"], inbox.secret.as_str());
    let asked = world.double.books().bots[0]["allowed_updates"].clone();
    let expected =
        ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"];
    assert_eq!(asked, json!(expected));
    let twice = world.connect(&world.double.token()).await;
    assert!(matches!(twice, Err(Error::Conflict { code: "bot_connected", .. })), "{twice:?}");
});

on_every_engine!(a_wrong_token_is_refused_and_not_shown, async |db: &TestDb| {
    let world = World::open(db).await;
    for token in ["123:wrong", "", "with space", "a/../b"] {
        let Err(Error::Invalid { pointer, detail, .. }) = world.connect(token).await else {
            panic!("{token} was taken");
        };
        assert_eq!(pointer, "/settings/token");
        assert!(token.is_empty() || !detail.contains(token), "{detail}");
    }
});

on_every_engine!(a_webhook_that_somebody_changed_is_set_again_and_told, async |db: &TestDb| {
    let world = World::at(db, "https://desk.example").await;
    let url = |world: &World| world.double.books().bots[0]["webhook"]["url"].clone();
    let ours = url(&world);
    world.call("setWebhook", json!({"url": "https://elsewhere.example/"})).await;
    watch(&world.engine).await.unwrap();
    let health = world.inbox().await.health.unwrap();
    assert_eq!(health.state, HealthState::Degraded);
    assert!(health.detail.unwrap().contains("set again"));
    world.work().await;
    assert_eq!(url(&world), ours);
    watch(&world.engine).await.unwrap();
    assert_eq!(world.inbox().await.health.unwrap().state, HealthState::Ok);
});

on_every_engine!(commands_and_descriptions_reach_telegram, async |db: &TestDb| {
    let world = World::open(db).await;
    let command = BotCommand { command: "help".into(), description: "Get help".into() };
    let settings = SettingsChange {
        commands: Some(vec![command]),
        description: Some("We sell shoes".to_owned()),
        ..SettingsChange::default()
    };
    let change = Update { settings: Some(settings), ..Update::default() };
    update(&world.engine, &world.agent(), world.inbox, change).await.unwrap();
    world.work().await;
    let bot = world.double.books().bots[0].to_string();
    assert!(bot.contains("Get help") && bot.contains("We sell shoes"), "{bot}");
});

on_every_engine!(news_that_were_not_stored_come_again, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.says("One").unwrap();
    bea.says("Two").unwrap();
    let place = (world.account, world.inbox);
    // A node asks and dies before it can confirm: nothing is lost, and nothing comes twice.
    for _ in 0..3 {
        let polled = poll(&world.engine, "node", place, None, 0).await.unwrap();
        assert!(matches!(polled, Polled::Taken { updates: 2, .. }), "{polled:?}");
    }
    assert_eq!(world.texts().await, ["One", "Two"]);
    assert_eq!(world.hear().await, 2);
    assert_eq!(world.hear().await, 0, "now they are confirmed");
});

on_every_engine!(news_after_a_quiet_week_are_heard_whatever_their_number, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    world.double.set_next_update_id(world.double.bot().id, 900_000_000);
    bea.says("Before").unwrap();
    world.hear().await;
    world.double.set_next_update_id(world.double.bot().id, 12);
    bea.says("After").unwrap();
    world.hear().await;
    assert_eq!(world.texts().await, ["Before", "After"]);
});

on_every_engine!(of_two_nodes_one_asks_until_its_lease_ends, async |db: &TestDb| {
    let world = World::open(db).await;
    let place = (world.account, world.inbox);
    let ask = async |node: &str| poll(&world.engine, node, place, None, 0).await.unwrap();
    assert!(matches!(ask("one").await, Polled::Taken { .. }));
    assert_eq!(ask("two").await, Polled::NotOurs);
    world.customer().says("Hi").unwrap();
    // The first node is stopped and says nothing any more.
    world.clock.advance(Duration::from_secs(60));
    assert!(matches!(ask("two").await, Polled::Taken { updates: 1, .. }));
    assert_eq!(ask("one").await, Polled::NotOurs, "it goes on and finds that it is too late");
    assert_eq!(world.texts().await, ["Hi"]);
});

// The token is in its own column, and nowhere else: not in another one, not in an event, not in a job.
on_every_engine!(the_token_is_in_one_place, async |db: &TestDb| {
    let world = World::open(db).await;
    let bea = world.customer();
    bea.sends(&json!({"photo": true})).unwrap();
    world.hear().await;
    world.double.revoke(world.double.bot().id);
    world.say("Hi").await;
    let secret = world.double.token();
    let (_, secret) = secret.split_once(':').unwrap();
    let found = everything(&world).await;
    assert!(found.len() > 10, "there is something to look at");
    for (table, found) in found {
        assert!(!found.contains(secret), "{table}");
    }
    let shown = tertulia_engine::views::InboxView::new(&world.inbox().await, Vec::new());
    let shown = serde_json::to_string(&shown).unwrap();
    assert!(!shown.contains(secret) && !shown.contains(&world.inbox().await.secret), "{shown}");
});

/// What could have taken the token along: the journal, and the work that waits.
async fn everything(world: &World) -> Vec<(&'static str, String)> {
    let (account, conversation) = (world.account, world.conversation().await.id);
    let at = world.clock.now().plus(Duration::from_secs(86_400));
    let write = world.engine.store.write(Scope::System, move |tx| {
        let mut all = Vec::new();
        for event in events::after(tx, Cursor::default(), 10_000)? {
            all.push(("events", format!("{event:?}")));
        }
        for event in events::of_conversation(tx, account, conversation, 10_000)? {
            all.push(("events", format!("{event:?}")));
        }
        while let Some(job) = jobs::claim(tx, "lease", at, at.plus(Duration::from_secs(60)), &[])? {
            all.push(("jobs", format!("{job:?}")));
        }
        for job in jobs::dead(tx, account, 1_000)? {
            all.push(("dead jobs", format!("{job:?}")));
        }
        Ok::<_, tertulia_store::Error>(all)
    });
    let mut all = write.await.unwrap();
    for message in world.said().await {
        all.push(("messages", format!("{message:?}")));
    }
    all.push(("inbox", format!("{:?}", world.inbox().await)));
    all
}
