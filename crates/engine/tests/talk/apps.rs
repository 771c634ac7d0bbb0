//! Apps in conversations: who begins, who may speak, how people come and go.

use tertulia_domain::app::{AppRole, ContractKind};
use tertulia_domain::conversation::HolderKind;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::SenderKind;
use tertulia_domain::status::Status;
use tertulia_engine::messages::send;
use tertulia_engine::views::{AppView, ConversationView};
use tertulia_engine::{Ctx, Error, apps, control, conversations, tokens};
use tertulia_store::Scope;
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, reply};

/// An app that answers on the channel, and what it speaks with.
async fn install(world: &World) -> (AppView, Ctx) {
    let command = apps::Create {
        name: "Triage".to_owned(),
        description: String::new(),
        contract: ContractKind::Tertulia,
        scopes: None,
        url: None,
        ack_secs: None,
        hands_over_on_failure: true,
    };
    let system = Ctx::system(world.account);
    let app = apps::create(&world.engine, &system, command).await.unwrap();
    apps::place(&world.engine, &system, app.id, world.api, AppRole::Answers).await.unwrap();
    let token = app.token.clone().unwrap();
    let ctx = tokens::authenticate(&world.engine, &token).await.unwrap();
    (app, ctx)
}

fn held(conversation: &ConversationView) -> (Status, HolderKind, Option<i64>) {
    let holder = &conversation.control.holder;
    (conversation.status, holder.kind, holder.id)
}

/// Unassigned, pending and all conversations.
async fn counted(world: &World) -> (i64, i64, i64) {
    let (account, viewer) = (world.account, Ctx::system(world.account).viewer());
    let read = world.engine.store.read(Scope::Account(account), move |tx| {
        tertulia_store::conversations::counts(tx, account, viewer)
    });
    let counts = read.await.unwrap();
    (counts.unassigned, counts.pending, counts.all)
}

fn by_app(app: &AppView) -> (Status, HolderKind, Option<i64>) {
    (Status::Pending, HolderKind::App, Some(app.id.0))
}

on_every_engine!(a_conversation_begins_with_the_app_that_answers, async |db: &TestDb| {
    let world = World::open(db).await;
    let (app, ctx) = install(&world).await;
    world.hear("m1", "Hello").await;
    let conversation = world.conversation().await;
    assert_eq!(held(&conversation), by_app(&app));
    assert_eq!(conversation.control.holder.name.as_deref(), Some("Triage"));
    assert_eq!(counted(&world).await, (0, 1, 1), "nobody is needed yet");
    let sent = send(&world.engine, &ctx, reply(conversation.id, "Hi, I am a bot")).await.unwrap();
    assert_eq!((sent.sender.kind, sent.sender.name.as_str()), (SenderKind::App, "Triage"));
    assert_eq!(held(&world.conversation().await), by_app(&app), "it goes on");
});

on_every_engine!(the_app_asks_for_people_and_goes_on_until_one_comes, async |db: &TestDb| {
    let world = World::open(db).await;
    let (app, bot) = install(&world).await;
    world.hear("m1", "A person, please").await;
    let id = world.conversation().await.id;
    let reason = Some("the customer asked".to_owned());
    let open = control::hand_over(&world.engine, &bot, id, reason.clone()).await.unwrap();
    assert_eq!(held(&open), (Status::Open, HolderKind::App, Some(app.id.0)));
    assert_eq!(counted(&world).await, (1, 0, 1), "somebody is needed");
    let again = control::hand_over(&world.engine, &bot, id, reason).await.unwrap();
    assert_eq!(again.control.epoch, open.control.epoch, "asking twice is asking once");
    send(&world.engine, &bot, reply(id, "Somebody will be here soon")).await.unwrap();
    let waits = world.conversation().await.waiting_since;
    assert!(waits.is_some(), "the app's consolation is not the answer that is waited for");
    world.say(id, "Here I am").await.unwrap();
    let taken = world.conversation().await;
    assert_eq!(held(&taken), (Status::Open, HolderKind::Agent, Some(world.agent.0)));
    let late = send(&world.engine, &bot, reply(id, "May I help?")).await;
    assert!(matches!(late, Err(Error::NotInControl { holder, .. }) if holder == "Ana"));
    let back = control::give_back(&world.engine, &world.agent(), id).await.unwrap();
    assert_eq!(held(&back), by_app(&app));
    send(&world.engine, &bot, reply(id, "Back again")).await.unwrap();
});

on_every_engine!(taking_control_calls_back_what_the_app_has_not_sent, async |db: &TestDb| {
    let world = World::open(db).await;
    let (_, bot) = install(&world).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let waiting = send(&world.engine, &bot, reply(id, "One moment")).await.unwrap();
    assert_eq!(waiting.delivery.unwrap().status, DeliveryStatus::Queued);
    control::take(&world.engine, &world.agent(), id).await.unwrap();
    let called_back = world.message(waiting.id).await.delivery.unwrap();
    assert_eq!(called_back.status, DeliveryStatus::Canceled);
    assert_eq!(called_back.code.as_deref(), Some("control_taken"));
});

on_every_engine!(what_the_customer_reopens_is_the_apps_again, async |db: &TestDb| {
    let world = World::open(db).await;
    let (app, _) = install(&world).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    world.say(id, "Hi").await.unwrap();
    let closed = conversations::resolve(&world.engine, &world.agent(), id).await.unwrap();
    assert_eq!(held(&closed), (Status::Resolved, HolderKind::Nobody, None));
    world.hear("m2", "One more thing").await;
    assert_eq!(held(&world.conversation().await), by_app(&app));
});

on_every_engine!(an_app_that_is_switched_off_or_removed_holds_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let (app, _) = install(&world).await;
    world.hear("m1", "Hello").await;
    let system = Ctx::system(world.account);
    let off = apps::Update { enabled: Some(false), ..apps::Update::default() };
    apps::update(&world.engine, &system, app.id, off).await.unwrap();
    let payload = serde_json::json!({ "app_id": app.id });
    control::leave(&world.engine, world.account, &payload).await.unwrap();
    assert_eq!(held(&world.conversation().await), (Status::Open, HolderKind::Nobody, None));
    let token = app.token.clone().unwrap();
    assert!(tokens::authenticate(&world.engine, &token).await.is_err(), "its token has no force");
    let id = world.conversation().await.id;
    let back = control::give_back(&world.engine, &world.agent(), id).await;
    assert!(matches!(back, Err(Error::Conflict { code: "no_app", .. })));
    apps::delete(&world.engine, &system, app.id).await.unwrap();
    world.tell(super::world::message("m2", "customer-8", "Hello")).await;
    let others = world.conversations().await;
    assert!(others.iter().all(|shown| shown.conversation.status == Status::Open));
});

on_every_engine!(an_app_takes_nothing_from_a_person_or_another_app, async |db: &TestDb| {
    let world = World::open(db).await;
    let (_, _) = install(&world).await;
    let (second, other) = install(&world).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    assert_eq!(held(&world.conversation().await), by_app(&second), "the last one that was placed");
    world.say(id, "Hi").await.unwrap();
    for refused in [
        control::take(&world.engine, &other, id).await.err(),
        control::give_back(&world.engine, &other, id).await.err(),
        control::release(&world.engine, &other, id).await.err(),
    ] {
        assert!(
            matches!(refused, Some(Error::NotInControl { .. } | Error::Conflict { .. })),
            "{refused:?}"
        );
    }
    let holder = world.conversation().await.control.holder;
    assert_eq!((holder.kind, holder.id), (HolderKind::Agent, Some(world.agent.0)));
});

on_every_engine!(events_say_what_changed, async |db: &TestDb| {
    let world = World::open(db).await;
    let (app, _) = install(&world).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    control::hand_over(&world.engine, &world.agent(), id, None).await.unwrap();
    let account = world.account;
    let read = world.engine.store.read(Scope::Account(account), move |tx| {
        tertulia_store::events::of_conversation(tx, account, id, 100)
    });
    let events = read.await.unwrap();
    let changed = events.iter().find_map(|event| {
        let data: serde_json::Value = event.data.read().unwrap();
        data.get("changed").cloned()
    });
    let expected = serde_json::json!({ "status": { "from": "pending", "to": "open" } });
    assert_eq!(changed, Some(expected));
    let verbs: Vec<_> = events.iter().filter(|e| e.kind.as_str() == "control.changed").collect();
    assert_eq!(verbs.len(), 1);
    let verb: serde_json::Value = verbs[0].data.read().unwrap();
    assert_eq!((&verb["verb"], &verb["to"]["id"]), (&"offer".into(), &app.id.0.into()));
});

on_every_engine!(an_app_sees_the_inboxes_that_it_works_on, async |db: &TestDb| {
    let world = World::open(db).await;
    let (_, bot) = install(&world).await;
    let visitor = world.visitor_of("visitor-1").await;
    world.write_as(&visitor, "c1", "Hello").await.unwrap();
    let elsewhere = world.conversation().await.id;
    let refused = send(&world.engine, &bot, reply(elsewhere, "Hi")).await;
    assert!(matches!(refused, Err(Error::NotFound("conversation"))));
});
