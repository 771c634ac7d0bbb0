//! Two contacts that are one person, and a person who wants to be forgotten.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use tertulia_domain::event::EventKind;
use tertulia_engine::attachments::{Upload, upload};
use tertulia_engine::search::Indexer;
use tertulia_engine::{Blobs, Ctx, Engine, Error, Idempotency, contacts, work};
use tertulia_jobs::{Following, Runner};
use tertulia_store::{Scope, events, search};
use tertulia_testkit::{SeededEntropy, TestDb, on_every_engine};

use super::world::{World, message, reply};

/// Everything by which the person could be recognised.
const CANARIES: &[&str] = &[
    "Zenobia",
    "zenobia@canary.example",
    "+351999000111",
    "customer-canary-77",
    "secretwords",
    "canaryattribute",
    "canaryfile",
    "canarynote",
];

async fn run_jobs(engine: &Engine) {
    let (store, clock) = (engine.store.clone(), Arc::clone(&engine.clock));
    let entropy = Arc::new(SeededEntropy::new(3));
    Runner::new(store, clock, entropy, work::registry(), engine.clone()).run_due().await;
}

async fn index(engine: &Engine) {
    Following::new(engine.store.clone(), Arc::new(Indexer)).catch_up().await.unwrap();
}

fn boss(world: &World) -> Ctx {
    Ctx::system(world.account)
}

/// Other people write: pages fill up and are split, and the search index gets more segments.
async fn crowd(world: &World, name: &str) {
    for n in 0..40 {
        let id = format!("{name}-{n}");
        world.tell(message(&id, &id, &format!("{name} says {n} {}", "and on ".repeat(n)))).await;
    }
    index(&world.engine).await;
}

/// The person says and corrects something that is longer than a page of the database.
async fn ramble(world: &World) {
    let long = message("m-2", "customer-canary-77", &"secretwords, ".repeat(500));
    world.tell(long).await;
    index(&world.engine).await;
    let corrected = json!({
        "type": "edit", "id": "e-1", "message_id": "m-2", "text": "secretwords, corrected",
    });
    world.tell(corrected).await;
    index(&world.engine).await;
}

/// The person writes, is answered, gets a file and a note, and things are remembered about it.
async fn meet(world: &World) -> tertulia_domain::ContactId {
    let said = json!({
        "type": "message", "id": "m-1",
        "contact": {
            "id": "customer-canary-77", "name": "Zenobia", "email": "zenobia@canary.example",
            "phone": "+351999000111", "attributes": {"about": "canaryattribute"},
        },
        "content": {"type": "text", "text": "secretwords of mine"},
    });
    world.tell(said).await;
    let found = world.conversations().await;
    let zenobias = found.iter().find(|shown| shown.contact_name == "Zenobia").unwrap();
    let (conversation, contact) = (zenobias.conversation.id, zenobias.conversation.contact_id);
    let file = Upload { name: "canaryfile.txt".to_owned(), bytes: "canaryfile inside".into() };
    let file = upload(&world.engine, &world.agent(), file).await.unwrap();
    let mut answer = reply(conversation, "Dear Zenobia, secretwords to you");
    answer.attachments = vec![file.token];
    let mut agent = world.agent();
    agent.idempotency = Some(Idempotency { key: "k".to_owned(), fingerprint: "f".to_owned() });
    tertulia_engine::messages::send(&world.engine, &agent, answer).await.unwrap();
    let mut note = reply(conversation, "canarynote about Zenobia");
    note.visibility = tertulia_domain::message::Visibility::Note;
    tertulia_engine::messages::send(&world.engine, &world.agent(), note).await.unwrap();
    // Unreadable input that names the person.
    world.tell(json!({"type": "nonsense", "contact": "customer-canary-77"})).await;
    index(&world.engine).await;
    contact
}

/// Waits until the journal shows a fact; on PostgreSQL it waits for transactions that began earlier.
async fn wait_for_fact(world: &World, kind: EventKind) {
    let account = world.account;
    let shown = async {
        loop {
            let read = world.engine.store.read(Scope::Account(account), move |tx| {
                events::after_in_account(tx, account, events::Cursor::default(), 1_000)
            });
            let found: Vec<events::Event> = read.await.unwrap();
            if found.iter().any(|event| event.kind == kind) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), shown).await.expect("the fact");
}

fn files_below(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

/// Where the canaries still are, in the database's files (free pages and gaps included) and in the
/// blobs.
fn traces(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    files_below(folder, &mut files);
    let mut found = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).unwrap().to_ascii_lowercase();
        for canary in CANARIES {
            let needle = canary.to_ascii_lowercase();
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push(format!("{canary} in {}", file.display()));
            }
        }
    }
    found
}

on_every_engine!(nothing_is_left_of_a_person_who_was_erased, async |db: &TestDb| {
    let folder = db.dir();
    let mut world = World::open(db).await;
    std::fs::create_dir(folder.join("files")).unwrap();
    let blobs = Blobs::in_folder(&folder.join("files"), 2).unwrap();
    world.engine = world.engine.clone().with_blobs(blobs);
    crowd(&world, "before").await;
    let contact = meet(&world).await;
    crowd(&world, "between").await;
    ramble(&world).await;
    crowd(&world, "behind").await;
    assert!(!traces(&folder).is_empty(), "the canaries can be found at all");
    contacts::erase(&world.engine, &boss(&world), contact).await.unwrap();
    run_jobs(&world.engine).await;
    index(&world.engine).await;
    assert_eq!(traces(&folder), Vec::<String>::new());
    let account = world.account;
    let hits = world.engine.store.read::<_, tertulia_store::Error, _>(
        Scope::Account(account),
        move |tx| {
            let people = search::contacts(tx, account, "zenobia", None, 10)?;
            Ok((people.len(), search::messages(tx, account, "secretwords", None, None, 10)?.len()))
        },
    );
    assert_eq!(hits.await.unwrap(), (0, 0));
    let again = contacts::erase(&world.engine, &boss(&world), contact).await;
    assert_eq!(again, Err(Error::NotFound("contact")));
});

on_every_engine!(a_late_redelivery_brings_nobody_back, async |db: &TestDb| {
    let world = World::open(db).await;
    world.tell(message("m-1", "customer-canary-77", "secretwords")).await;
    let contact = world.conversation().await.contact.id;
    contacts::erase(&world.engine, &boss(&world), contact).await.unwrap();
    run_jobs(&world.engine).await;
    // Once the same event, once a new one of the same address.
    world.tell(message("m-1", "customer-canary-77", "secretwords")).await;
    world.tell(message("m-2", "customer-canary-77", "hello")).await;
    let found = world.conversations().await;
    let names: Vec<&str> = found.iter().map(|shown| shown.contact_name.as_str()).collect();
    assert!(!names.contains(&"Bea"), "{names:?}");
    assert_eq!(found.len(), 2, "the empty shell, and somebody nobody knows");
});

on_every_engine!(
    an_export_has_everything_about_one_person_and_nothing_about_others,
    async |db: &TestDb| {
        let world = World::open(db).await;
        let contact = meet(&world).await;
        world.tell(message("other", "somebody-else", "not yours")).await;
        let all = contacts::export(&world.engine, &boss(&world), contact).await.unwrap();
        let text = serde_json::to_string(&all).unwrap();
        for canary in CANARIES.iter().filter(|canary| **canary != "canaryfile") {
            assert!(text.contains(canary), "{canary}");
        }
        assert!(!text.contains("not yours") && !text.contains("somebody-else"));
        wait_for_fact(&world, EventKind::ContactExported).await;
        let refused = contacts::export(&world.engine, &world.agent(), contact).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "an agent may not");
    }
);

on_every_engine!(a_merged_contact_goes_on_in_the_other_ones_room, async |db: &TestDb| {
    let world = World::open(db).await;
    world.tell(message("a-1", "phone", "from my phone")).await;
    let phone = world.conversation().await;
    world.tell(message("b-1", "laptop", "from my laptop")).await;
    let found = world.conversations().await;
    let laptop =
        found.iter().find(|shown| shown.conversation.contact_id != phone.contact.id).unwrap();
    let (laptop, laptop_room) = (laptop.conversation.contact_id, laptop.conversation.room_id);
    let boss = boss(&world);
    let filled = contacts::Update {
        email: Some("bea@example.com".to_owned()),
        attributes: Some(json!({"plan": "gold", "old": 1}).as_object().unwrap().clone()),
        ..contacts::Update::default()
    };
    contacts::update(&world.engine, &boss, phone.contact.id, filled).await.unwrap();
    let kept = contacts::Update {
        attributes: Some(json!({"plan": "free"}).as_object().unwrap().clone()),
        ..contacts::Update::default()
    };
    contacts::update(&world.engine, &boss, laptop, kept).await.unwrap();
    let merged = contacts::merge(&world.engine, &boss, phone.contact.id, laptop).await.unwrap();
    assert_eq!(merged.brief.email.as_deref(), Some("bea@example.com"));
    assert_eq!(json!(merged.attributes), json!({"plan": "free", "old": 1}));
    assert_eq!(merged.identities.len(), 2);
    world.tell(message("a-2", "phone", "still me")).await;
    let found = world.conversations().await;
    assert!(found.iter().all(|shown| shown.conversation.contact_id == laptop));
    let open: Vec<_> =
        found.iter().filter(|shown| shown.conversation.resolved_at.is_none()).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].conversation.room_id, laptop_room);
    let again = contacts::merge(&world.engine, &boss, phone.contact.id, laptop).await;
    assert_eq!(again, Err(Error::NotFound("contact")));
});
