//! The catalogue of bad inputs, as far as the message path meets them; the numbers are its rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tertulia_domain::AttachmentId;
use tertulia_domain::Timestamp;
use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_engine::conversations::resolve;
use tertulia_engine::inbound::{Outcome, accept};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::{Ctx, Error};
use tertulia_net::{HeaderMap, HeaderName, signature};
use tertulia_store::{attachments, inboxes};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{SECRET, World, message, reply};

on_every_engine!(row_20_a_closed_conversation_takes_no_reply, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let id = world.conversation().await.id;
    resolve(&world.engine, &world.agent(), id).await.unwrap();
    let refused = world.say(id, "One more thing").await.unwrap_err();
    assert!(matches!(refused, Error::Conflict { code: "conversation_closed", .. }), "{refused}");
    assert!(refused.to_string().contains("reopen it first"));
});

on_every_engine!(row_24_an_upload_is_tied_once_and_by_its_owner, async |db: &TestDb| {
    let world = World::open(db).await;
    let visitor = world.visitor_of("visitor-1").await;
    world.write_as(&visitor, "c1", "Hello").await.unwrap();
    let id = world.conversation().await.id;
    world.upload("theirs", &visitor).await;
    world.upload("mine", &world.agent()).await;
    let with =
        |token: &str| Send { attachments: vec![token.to_owned()], ..reply(id, "See the file") };
    for token in ["theirs", "never-uploaded"] {
        let refused = send(&world.engine, &world.agent(), with(token)).await.unwrap_err();
        assert!(refused.to_string().starts_with("/attachments/0"), "{token}: {refused}");
    }
    let sent = send(&world.engine, &world.agent(), with("mine")).await.unwrap();
    assert_eq!(sent.attachments[0].name, "mine.txt");
    let refused = send(&world.engine, &world.agent(), with("mine")).await.unwrap_err();
    assert!(refused.to_string().starts_with("/attachments/0"), "twice: {refused}");
    assert_eq!(world.message(sent.id).await.attachments.len(), 1);
    assert_eq!(world.said().await, ["Hello", "See the file"]);
});

on_every_engine!(rows_28_and_29_a_bad_signature_stores_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let body = json!({"events": [message("m1", "customer-7", "Hello")]}).to_string();
    let at = world.now().secs();
    let good = signature::sign(SECRET, "id", at, body.as_bytes());
    let pretty = body.replace(':', ": ");
    let cases: [(&str, &str, &str, i64); 6] = [
        ("none", "", &body, at),
        ("wrong", "v1,AAAA", &body, at),
        ("truncated", good.get(..good.len() - 5).unwrap(), &body, at),
        ("of another body", &good, &body.replace("Hello", "Hallo"), at),
        ("of a re-encoded body", &good, &pretty, at),
        ("old", &signature::sign(SECRET, "id", at - 301, body.as_bytes()), &body, at - 301),
    ];
    for (name, signature, body, at) in cases {
        let headers = signed(signature, at);
        let refused = accept(&world.engine, "hook-api", &headers, body.as_bytes()).await;
        let code = matches!(refused, Err(Error::Unauthenticated { code: "signature_invalid", .. }));
        assert!(code, "{name}: {refused:?}");
    }
    assert!(world.conversations().await.is_empty() && world.quarantined().await.is_empty());
    accept(&world.engine, "hook-api", &signed(&good, at), body.as_bytes()).await.unwrap();
    assert_eq!(world.said().await, ["Hello"]);
});

on_every_engine!(row_30_a_disabled_deleted_or_unknown_hook_does_not_exist, async |db: &TestDb| {
    let world = World::open(db).await;
    let (account, api) = (world.account, world.api);
    let post = async || world.post(vec![message("m1", "customer-7", "Hello")]).await.unwrap_err();
    world
        .write(move |tx| {
            let mut inbox = inboxes::get(tx, account, api)?.unwrap();
            inbox.enabled = false;
            inboxes::update(tx, account, &inbox)
        })
        .await;
    assert_eq!(post().await, Error::NotFound("hook"));
    let now = world.now();
    world.write(move |tx| inboxes::delete(tx, account, api, now)).await;
    assert_eq!(post().await, Error::NotFound("hook"));
    let unknown = accept(&world.engine, "hook-nowhere", &HeaderMap::new(), b"{}").await;
    assert_eq!(unknown.unwrap_err(), Error::NotFound("hook"));
    assert!(world.conversations().await.is_empty());
});

on_every_engine!(row_32_a_strange_clock_does_not_decide_the_order, async |db: &TestDb| {
    let world = World::open(db).await;
    for (id, sent_at) in [("m1", "2036-01-01T00:00:00Z"), ("m2", "1970-01-01T00:00:00Z")] {
        let mut event = message(id, "customer-7", id);
        event["sent_at"] = json!(sent_at);
        assert_eq!(world.tell(event).await.outcome, Outcome::Accepted);
    }
    assert_eq!(world.said().await, ["m1", "m2"]);
});

on_every_engine!(rows_33_to_35_what_is_odd_is_kept_and_the_rest_goes_on, async |db: &TestDb| {
    let world = World::open(db).await;
    let mut hologram = message("m2", "customer-7", "");
    hologram["content"] = json!({"type": "hologram", "text": "3D"});
    let poison: Value = json!({"type": "message", "id": "m3"});
    let events = vec![
        message("m1", "customer-7", "before"),
        hologram,
        poison,
        json!({"type": "poke", "id": "p1"}),
        message("m4", "customer-7", "after"),
    ];
    let outcomes = async || {
        let answers = world.post(events.clone()).await.unwrap().answers;
        answers.iter().map(|answer| answer.outcome).collect::<Vec<_>>()
    };
    use Outcome::{Accepted, Quarantined};
    let expected = [Accepted, Accepted, Quarantined, Quarantined, Accepted];
    assert_eq!(outcomes().await, expected);
    assert_eq!(outcomes().await, expected, "the same answers for a repetition");
    assert_eq!(world.said().await, ["before", "3D", "after"]);
    assert_eq!(world.quarantined().await.len(), 2, "kept once each");
});

on_every_engine!(row_38_identities_are_kept_to_the_letter, async |db: &TestDb| {
    let world = World::open(db).await;
    for address in ["9007199254740993", "9007199254740992"] {
        world.tell(message(address, address, "Hello")).await;
    }
    assert_eq!(world.conversations().await.len(), 2, "beyond 2^53 nothing is rounded");
});

on_every_engine!(row_41_a_hostile_name_is_shown_as_a_plain_line, async |db: &TestDb| {
    let world = World::open(db).await;
    let mut event = message("m1", "customer-7", "Hello");
    event["contact"]["name"] = json!("\u{202E}{{7*7}}\n=cmd()".to_owned() + &"x".repeat(10_000));
    world.tell(event).await;
    let name = world.conversation().await.contact.name;
    assert!(name.starts_with("{{7*7}} =cmd()x"), "{name}");
    assert_eq!(name.chars().count(), 200);
});

on_every_engine!(row_43_nothing_is_acknowledged_that_is_not_stored, async |db: &TestDb| {
    let world = World::open(db).await;
    world.hear("m1", "Hello").await;
    let down = Arc::new(Down(AtomicBool::new(true)));
    let plan: Arc<dyn tertulia_store::FaultPlan> = Arc::clone(&down) as Arc<_>;
    let store = db.store.clone().with_faults(plan);
    let mut failing = world.engine.clone();
    failing.store = store;
    let body = json!({"events": [message("m2", "customer-7", "Still there?")]}).to_string();
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {SECRET}").parse().unwrap());
    let refused = accept(&failing, "hook-api", &headers, body.as_bytes()).await.unwrap_err();
    assert!(matches!(refused, Error::Storage(tertulia_store::Error::Unavailable { .. })));
    down.0.store(false, Ordering::SeqCst);
    accept(&failing, "hook-api", &headers, body.as_bytes()).await.unwrap();
    assert_eq!(world.said().await, ["Hello", "Still there?"]);
});

/// A database that is not there while this is set.
struct Down(AtomicBool);

impl tertulia_store::FaultPlan for Down {
    fn next(&self) -> Option<tertulia_store::Fault> {
        self.0.load(Ordering::SeqCst).then_some(tertulia_store::Fault::BeforeCommit)
    }
}

fn signed(signature: &str, at: i64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let at = at.to_string();
    let pairs =
        [("webhook-id", "id"), ("webhook-timestamp", &at), ("webhook-signature", signature)];
    for (name, value) in pairs {
        headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    headers
}

impl World {
    async fn upload(&self, token: &'static str, owner: &Ctx) {
        let (account_id, owner) = (self.account, owner.principal());
        self.write(move |tx| {
            let file = Attachment {
                id: AttachmentId(0),
                account_id,
                message_id: None,
                token: token.to_owned(),
                blob_key: token.to_owned(),
                thumbnail_key: None,
                name: format!("{token}.txt"),
                content_type: "text/plain".to_owned(),
                kind: MediaKind::File,
                size_bytes: 1,
                width_px: None,
                height_px: None,
                state: AttachmentState::Ready,
                problem: None,
                created_at: Timestamp(0),
            };
            attachments::create(tx, &file, &owner)
        })
        .await;
    }
}
