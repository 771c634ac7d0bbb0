//! What erasing takes away beside the contact: files, unreadable input, the journal, kept answers.

use serde_json::{Value, json};
use tertulia_domain::actor::{Actor, ActorKind};
use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::message::Visibility;
use tertulia_domain::{AccountId, AttachmentId, EventId, MessageId, Timestamp};
use tertulia_store::drafts::{self, Draft};
use tertulia_store::events::{self, NewEvent};
use tertulia_store::idempotency::{self, Claim};
use tertulia_store::{
    Error, ReadTx, Result, Store, WriteTx, attachments, contacts, conversations, erasure,
    identities, messages, parked, quarantine,
};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, run};

/// A scene that is full of its contact.
#[derive(Clone, Copy)]
struct Full {
    scene: Scene,
    message: MessageId,
    event: EventId,
}

const MARK: &str = "bea@example.com";

fn file(account_id: AccountId, token: &str) -> Attachment {
    Attachment {
        id: AttachmentId(0),
        account_id,
        message_id: None,
        token: token.to_owned(),
        blob_key: format!("blob of {token}"),
        thumbnail_key: None,
        name: "cat.png".to_owned(),
        content_type: "image/png".to_owned(),
        kind: MediaKind::Image,
        size_bytes: 9,
        width_px: None,
        height_px: None,
        state: AttachmentState::Ready,
        problem: None,
        created_at: now(),
    }
}

async fn fill(store: &Store) -> Full {
    let scene = Scene::set(store).await;
    let Scene { ours, inbox, user, contact, identity, room, conversation, .. } = scene;
    run(store, move |tx| {
        let message = scene.say(tx, Said::by_customer("secret"))?;
        let owner = format!("identity:{identity}");
        attachments::create(tx, &file(ours, "unsent"), &owner)?;
        attachments::create(tx, &file(ours, "sent"), &owner)?;
        attachments::tie(tx, ours, None, "sent", message)?;
        quarantine::keep(tx, ours, inbox, "nonsense", MARK.as_bytes(), now())?;
        parked::park(tx, ours, inbox, "x", &json!({"from": MARK}), now())?;
        let text = "so far".to_owned();
        let visibility = Visibility::Public;
        let draft = Draft { text, visibility, reply_to: None, updated_at: now() };
        drafts::save(tx, ours, user, conversation, &draft)?;
        assert_eq!(idempotency::claim(tx, ours, "p", "k", "f", now())?, Claim::Fresh);
        idempotency::answer(tx, ours, "p", "k", &json!({"room_id": room, "text": "secret"}))?;
        let event = NewEvent {
            kind: EventKind::MessageCreated,
            audience: Audience::Staff,
            room_id: Some(room),
            conversation_id: Some(conversation),
            inbox_id: Some(inbox),
            subject_id: None,
            actor: &Actor { kind: ActorKind::Contact, id: Some(contact.0), name: "Bea".to_owned() },
            reason: Some("because"),
            request_id: None,
            data: &tertulia_store::Json::from(json!({"text": "secret"})),
            at: now(),
        };
        let event = events::append(tx, ours, &event)?;
        Ok(Full { scene, message, event })
    })
    .await
}

/// Erases as an account would.
fn erase(tx: &mut WriteTx<'_>, account: AccountId, full: Full) -> Result<()> {
    let Scene { ours, contact, room, .. } = full.scene;
    for identity in identities::list(tx, ours, contact)? {
        erasure::let_go_uploads(tx, account, &identity)?;
    }
    erasure::drop_mentions(tx, account, &[MARK.to_owned()])?;
    erasure::wipe_messages(tx, account, &[full.message], now())?;
    let trace =
        erasure::Trace { event: full.event, by_the_person: true, data: json!({"text": ""}) };
    erasure::rewrite_trace(tx, account, &trace)?;
    erasure::forget_answers(tx, account, contact, &[room])?;
    erasure::forget_contact(tx, account, contact, now())
}

/// What can be read about the person in the rows that are filled here.
fn left(tx: &mut WriteTx<'_>, full: Full) -> Result<Value> {
    let Scene { ours, user, contact, conversation, .. } = full.scene;
    let later = Timestamp(i64::MAX);
    let loose = attachments::loose(tx, now(), 9)?.len();
    let event = events::get(tx, ours, full.event)?.unwrap();
    let message = messages::find(tx, ours, full.message)?.unwrap();
    let viewer = conversations::Viewer::SYSTEM;
    let open = conversations::open_of_contact(tx, ours, contact)?.len();
    assert!(conversations::find(tx, ours, viewer, conversation)?.is_some());
    Ok(json!({
        "name": contacts::find(tx, ours, contact)?.unwrap().name,
        "draft": drafts::find(tx, ours, user, conversation)?.is_some(),
        "file": attachments::by_token(tx, "sent")?.is_some(),
        "let_go": loose,
        "message": [message.text, message.attachments.len()],
        "quarantine": quarantine::newest(tx, ours, 9)?.len(),
        "parked": parked::stale(tx, later, 9)?.len(),
        "event": [event.data.read::<Value>().unwrap(), event.actor.name, event.reason],
        "answer": answer(tx, ours)?,
        "open": open,
    }))
}

fn answer(tx: &mut ReadTx<'_>, account: AccountId) -> Result<i64> {
    tx.one(
        "SELECT count(*) FROM idempotency_keys WHERE account_id = $1",
        tertulia_store::params![account],
        |row| row.take(),
    )
}

on_every_engine!(an_erasure_takes_everything_that_names_the_person, async |db: &TestDb| {
    let full = fill(&db.store).await;
    run(&db.store, move |tx| {
        let before = json!({
            "name": "Bea", "draft": true, "file": true, "let_go": 0, "message": ["secret", 0],
            "quarantine": 1, "parked": 1, "event": [{"text": "secret"}, "Bea", "because"],
            "answer": 1, "open": 1,
        });
        assert_eq!(left(tx, full)?, before);
        let Scene { ours, contact, room, .. } = full.scene;
        let traces = erasure::traces(tx, ours, contact, &[room], EventId(0), 9)?;
        assert_eq!(traces.iter().map(|it| it.event).collect::<Vec<_>>(), [full.event]);
        assert!(traces[0].by_the_person);
        assert_eq!(erasure::traces(tx, ours, contact, &[room], full.event, 9)?, []);
        erase(tx, ours, full)?;
        let after = json!({
            "name": "—", "draft": false, "file": false, "let_go": 1, "message": ["", 0],
            "quarantine": 0, "parked": 0, "event": [{"text": ""}, "—", null],
            "answer": 0, "open": 0,
        });
        assert_eq!(left(tx, full)?, after);
        Ok(())
    })
    .await;
});

on_every_engine!(another_account_erases_nothing_of_ours, async |db: &TestDb| {
    let full = fill(&db.store).await;
    run(&db.store, move |tx| {
        let Scene { theirs, contact, room, .. } = full.scene;
        let before = left(tx, full)?;
        assert_eq!(erasure::traces(tx, theirs, contact, &[room], EventId(0), 9)?, []);
        erase(tx, theirs, full)?;
        assert_eq!(left(tx, full)?, before);
        Ok::<_, Error>(())
    })
    .await;
});
