//! Steering conversations: each verb with its line in the log, and who may see what.

use serde_json::{Map, json};
use tertulia_domain::UserId;
use tertulia_domain::conversation::Priority;
use tertulia_domain::message::Visibility;
use tertulia_domain::status::Status;
use tertulia_domain::user::Role;
use tertulia_engine::conversations::{
    Begin, assign, begin, reopen, resolve, set_attributes, set_labels, set_priority, snooze,
    wake_due,
};
use tertulia_engine::{Access, Ctx, Error, drafts};
use tertulia_store::conversations::{Filter, Page, Sort, View, Viewer, counts, list};
use tertulia_store::{Scope, labels};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, message, text};

on_every_engine!(every_verb_leaves_its_line_and_its_event, async |db: &TestDb| {
    let world = World::open(db).await;
    let (engine, agent, account) = (&world.engine, world.agent(), world.account);
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    world.write(move |tx| labels::create(tx, account, "vip", "#ff0000", "")).await;
    let assigned = assign(engine, &agent, id, Some(world.agent)).await.unwrap();
    assert_eq!(assigned.assignee.unwrap().name, "Ana");
    let urgent = set_priority(engine, &agent, id, Priority::Urgent).await.unwrap();
    assert_eq!(urgent.priority, Priority::Urgent);
    let labelled = set_labels(engine, &agent, id, vec!["vip".to_owned()]).await.unwrap();
    assert_eq!(labelled.labels, ["vip"]);
    let attributes: Map<_, _> = json!({"order": 7}).as_object().unwrap().clone();
    let kept = set_attributes(engine, &agent, id, attributes).await.unwrap();
    assert_eq!(kept.attributes["order"], 7);
    let asleep = snooze(engine, &agent, id, world.clock_in(60)).await.unwrap();
    assert_eq!(asleep.status, Status::Snoozed);
    assert_eq!(reopen(engine, &agent, id).await.unwrap().status, Status::Open);
    assert_eq!(resolve(engine, &agent, id).await.unwrap().status, Status::Resolved);
    assert_eq!(reopen(engine, &agent, id).await.unwrap().status, Status::Open);
    assert_eq!(assign(engine, &agent, id, None).await.unwrap().assignee, None);
    let lines = world.activities().await;
    assert_eq!(
        lines,
        [
            "created",
            "assigned",
            "priority",
            "labels",
            "snoozed",
            "unsnoozed",
            "resolved",
            "reopened",
            "unassigned"
        ]
    );
});

on_every_engine!(an_alarm_wakes_only_the_sleep_that_it_was_set_for, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let (first, second) = (world.clock_in(60), world.clock_in(120));
    for until in [first, second] {
        snooze(&world.engine, &world.agent(), id, until).await.unwrap();
    }
    let alarm = |until| json!({ "conversation_id": id, "until": until });
    wake_due(&world.engine, world.account, &alarm(first)).await.unwrap();
    assert_eq!(world.conversation().await.status, Status::Snoozed);
    wake_due(&world.engine, world.account, &alarm(second)).await.unwrap();
    assert_eq!(world.conversation().await.status, Status::Open);
});

on_every_engine!(a_second_conversation_is_never_opened_beside_an_open_one, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let first = world.conversation().await.id;
    resolve(&world.engine, &world.agent(), first).await.unwrap();
    world.pass(1_000_000);
    world.hear("m2", "New matter").await;
    let refused = reopen(&world.engine, &world.agent(), first).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict { .. }), "{refused}");
});

on_every_engine!(the_business_can_write_first, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let before = world.conversation().await;
    resolve(&world.engine, &world.agent(), before.id).await.unwrap();
    let command = Begin {
        contact: before.contact.id,
        inbox: world.api,
        content: text("Your parcel is here"),
        client_id: None,
    };
    let begun = begin(&world.engine, &world.agent(), command.clone()).await.unwrap();
    assert_ne!(begun.id, before.id);
    assert_eq!(begun.last_message.unwrap().text, "Your parcel is here");
    let again = begin(&world.engine, &world.agent(), command.clone()).await.unwrap();
    assert_eq!(again.id, begun.id, "into the open conversation");
    let elsewhere = Begin { inbox: world.widget, ..command };
    let refused = begin(&world.engine, &world.agent(), elsewhere).await.unwrap_err();
    assert!(refused.to_string().starts_with("/contact_id"), "{refused}");
});

on_every_engine!(what_is_in_a_foreign_inbox_does_not_exist, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let stranger = |role| {
        let access = Access::User { id: UserId(999), role };
        Ctx::new(world.account, access, "Zoe".to_owned())
    };
    let hidden = resolve(&world.engine, &stranger(Role::Agent), id).await.unwrap_err();
    assert_eq!(hidden, Error::NotFound("conversation"));
    resolve(&world.engine, &stranger(Role::Supervisor), id).await.unwrap();
});

on_every_engine!(the_list_pages_without_skipping_and_filters, async |db: &TestDb| {
    let world = World::open(db).await;
    for n in 0..7 {
        world.tell(message(&format!("m{n}"), &format!("c{n}"), "Hello")).await;
        world.pass(u64::from(n % 2 == 0));
    }
    let (account, agent) = (world.account, world.agent);
    let viewer = Viewer::person(agent, false);
    let page = async |sort, after| {
        let page = Page { sort, after, limit: 3 };
        world
            .engine
            .store
            .read(Scope::Account(account), move |tx| {
                list(tx, account, viewer, &Filter { unread: true, ..Filter::default() }, page)
            })
            .await
            .unwrap()
    };
    for sort in [Sort::Newest, Sort::Oldest, Sort::Waiting] {
        let (mut numbers, mut after) = (Vec::new(), None);
        loop {
            let found = page(sort, after).await;
            numbers.extend(found.iter().map(|shown| shown.conversation.number));
            let Some(last) = found.last() else { break };
            after = Some(sort.place(&last.conversation));
        }
        if sort == Sort::Newest {
            numbers.reverse();
        }
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7], "{sort:?}");
    }
    let mine = world.conversations().await[0].conversation.id;
    assign(&world.engine, &world.agent(), mine, Some(agent)).await.unwrap();
    let read = world.engine.store.read(Scope::Account(account), move |tx| {
        let filter = Filter { view: Some(View::Mine), ..Filter::default() };
        let mine = list(tx, account, viewer, &filter, Page { limit: 9, ..Page::default() })?;
        Ok::<_, tertulia_store::Error>((counts(tx, account, viewer)?, mine.len()))
    });
    let (counts, mine) = read.await.unwrap();
    assert_eq!((counts.mine, counts.unassigned, counts.all, mine), (1, 6, 7, 1));
});

on_every_engine!(a_draft_is_kept_for_its_writer, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    let (engine, agent) = (&world.engine, world.agent());
    assert_eq!(drafts::load(engine, &agent, id).await.unwrap(), None);
    for words in ["Dear", "Dear Bea"] {
        let text = words.to_owned();
        drafts::save(engine, &agent, id, text, Visibility::Note, None).await.unwrap();
    }
    let draft = drafts::load(engine, &agent, id).await.unwrap().unwrap();
    assert_eq!((draft.text.as_str(), draft.visibility), ("Dear Bea", Visibility::Note));
    drafts::clear(engine, &agent, id).await.unwrap();
    assert_eq!(drafts::load(engine, &agent, id).await.unwrap(), None);
});

impl World {
    /// What the lines of the log tell, in order.
    async fn activities(&self) -> Vec<String> {
        let log = self.log(&self.conversation().await).await;
        log.iter()
            .filter(|message| message.visibility == Visibility::Activity)
            .map(|message| serde_json::to_value(&message.content).unwrap())
            .map(|content| content["action"].as_str().unwrap().to_owned())
            .collect()
    }
}
