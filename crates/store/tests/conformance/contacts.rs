//! Contacts, their addresses, and what merging and erasing does to the rows.

use serde_json::json;
use tertulia_domain::conversation::ParticipantKind;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::{AccountId, ContactId, EventId, IdentityId, InboxId, MessageId};
use tertulia_store::contacts::{self, NewContact};
use tertulia_store::conversations::{self, Viewer};
use tertulia_store::visitors::{self, NewToken};
use tertulia_store::{Result, WriteTx, erasure, identities, labels, messages, participants, rooms};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, is_duplicate, named, run};

on_every_engine!(a_page_of_contacts_is_newest_first_and_ends_at_its_limit, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let ours = scene.ours;
    run(&db.store, move |tx| {
        let add = |tx: &mut WriteTx<'_>, name| contacts::insert(tx, ours, &named(name), now());
        let (cid, dan, eve) = (add(tx, "Cid")?, add(tx, "Dan")?, add(tx, "Eve")?);
        let all = ContactId(i64::MAX);
        let page = |tx: &mut WriteTx<'_>, label, before, limit| {
            contacts::page(tx, ours, label, before, limit)
        };
        assert_eq!(page(tx, None, all, 2)?, [eve.id, dan.id]);
        assert_eq!(page(tx, None, dan.id, 9)?, [cid.id, scene.contact]);
        labels::create(tx, ours, "vip", "#000000", "")?;
        assert_eq!(contacts::set_labels(tx, ours, cid.id, &["vip".to_owned()])?, None);
        assert_eq!(page(tx, Some("vip"), all, 9)?, [cid.id]);
        let unknown = ["vip".to_owned(), "nope".to_owned()];
        assert_eq!(contacts::set_labels(tx, ours, dan.id, &unknown)?, Some(1));
        contacts::set_labels(tx, ours, dan.id, &[])?;
        contacts::set_labels(tx, ours, cid.id, &[])?;
        assert_eq!(page(tx, Some("vip"), all, 9)?, []);
        let gone = tertulia_domain::contact::Contact { erased_at: Some(now()), ..eve };
        contacts::save(tx, ours, &gone)?;
        let merged = tertulia_domain::contact::Contact { merged_into: Some(cid.id), ..dan };
        contacts::save(tx, ours, &merged)?;
        assert_eq!(page(tx, None, all, 9)?, [cid.id, scene.contact]);
        Ok(())
    })
    .await;
});

on_every_engine!(a_contact_is_found_by_its_address, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let ours = scene.ours;
    run(&db.store, move |tx| {
        let add = |tx: &mut WriteTx<'_>, email: Option<&str>, phone: Option<&str>| {
            let (email, phone) = (email.map(str::to_owned), phone.map(str::to_owned));
            let new = NewContact { email, phone, ..named("Cid") };
            Ok::<_, tertulia_store::Error>(contacts::insert(tx, ours, &new, now())?.id)
        };
        let first = add(tx, Some("c@example.com"), Some("+351"))?;
        let second = add(tx, Some("c@example.com"), None)?;
        add(tx, Some("c@example.com"), None)?;
        let find = |tx: &mut WriteTx<'_>, email, phone| {
            let found = contacts::by_address(tx, ours, email, phone)?;
            Ok::<_, tertulia_store::Error>(found.iter().map(|c| c.id).collect::<Vec<_>>())
        };
        assert_eq!(find(tx, Some("c@example.com"), Some("+0"))?, [first, second], "two are enough");
        assert_eq!(find(tx, None, Some("+351"))?, [first]);
        assert_eq!(find(tx, Some("C@example.com"), None)?, []);
        assert_eq!(find(tx, None, None)?, []);
        Ok(())
    })
    .await;
});

on_every_engine!(an_address_belongs_to_one_contact_of_an_inbox, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, inbox, contact, identity, room, .. } = scene;
    run(&db.store, move |tx| {
        let known = identities::resolve(tx, ours, inbox, "bea")?.unwrap();
        assert_eq!((known.identity_id, known.contact_id), (identity, contact));
        assert_eq!((known.contact_name.as_str(), known.room_id), ("Bea", Some(room)));
        assert!(!known.blocked);
        assert_eq!(identities::known(tx, ours, identity)?, Some(known));
        let newer = identities::insert(tx, ours, inbox, contact, "bea2", true, now())?;
        let reached = identities::of_contact(tx, ours, contact, inbox)?.unwrap();
        assert_eq!(reached.identity_id, newer, "the newest address is the one to answer to");
        let all = identities::list(tx, ours, contact)?;
        let all: Vec<_> = all.iter().map(|it| (it.id, it.address.as_str(), it.verified)).collect();
        assert_eq!(all, [(identity, "bea", false), (newer, "bea2", true)]);
        for (inbox, address) in [(inbox, "BEA"), (inbox, ""), (InboxId(0), "bea")] {
            assert_eq!(identities::resolve(tx, ours, inbox, address)?, None, "{address}");
        }
        assert!(!identities::is_erased(tx, ours, inbox, "hash")?);
        identities::bury(tx, ours, inbox, "hash", now())?;
        identities::bury(tx, ours, inbox, "hash", now())?;
        assert!(identities::is_erased(tx, ours, inbox, "hash")?);
        Ok(())
    })
    .await;
    let taken = is_duplicate(&db.store, move |tx| {
        identities::insert(tx, ours, inbox, contact, "bea", false, now()).map(drop)
    });
    assert!(taken.await);
});

on_every_engine!(
    a_merge_moves_what_hangs_on_a_contact_and_leaves_its_rooms,
    async |db: &TestDb| {
        let scene = Scene::set(&db.store).await;
        let Scene { ours, contact, identity, room, conversation, .. } = scene;
        run(&db.store, move |tx| {
            let customer = (ParticipantKind::Customer, contact.0);
            let role = tertulia_domain::conversation::ParticipantRole::Primary;
            participants::join(tx, ours, conversation, customer, role, now())?;
            let into = contacts::insert(tx, ours, &named("Cid"), now())?.id;
            let older = contacts::insert(tx, ours, &named("Old"), now())?;
            let older = tertulia_domain::contact::Contact { merged_into: Some(contact), ..older };
            contacts::save(tx, ours, &older)?;
            erasure::hand_over(tx, ours, contact, into)?;
            assert_eq!(identities::list(tx, ours, contact)?, []);
            assert_eq!(identities::list(tx, ours, into)?[0].id, identity);
            let moved = conversations::find(tx, ours, Viewer::SYSTEM, conversation)?.unwrap();
            assert_eq!((moved.contact_id, moved.room_id), (into, room));
            let there = participants::of_conversation(tx, ours, conversation)?;
            assert_eq!(there[0].principal_id, into.0);
            let mut persons = erasure::persons(tx, ours, into)?;
            persons.sort();
            assert_eq!(persons, [into, older.id], "who was merged earlier follows");
            assert_eq!(erasure::rooms(tx, ours, into)?, [room]);
            Ok(())
        })
        .await;
    }
);

on_every_engine!(an_erased_contact_is_an_empty_shell, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, inbox, contact, identity, room, .. } = scene;
    run(&db.store, move |tx| {
        let filled = NewContact {
            email: Some("b@example.com".to_owned()),
            attributes: json!({"plan": "gold"}).as_object().unwrap().clone(),
            ..named("Bea")
        };
        let other = contacts::insert(tx, ours, &filled, now())?.id;
        let token = NewToken { inbox, identity, token_hash: "h", page: None, now: now() };
        visitors::insert_token(tx, ours, &token)?;
        let first = scene.say(tx, Said { client_id: Some("c"), ..Said::by_customer("secret") })?;
        let second = scene.say(tx, Said::by_customer("more"))?;
        for person in [contact, other] {
            erasure::forget_contact(tx, ours, person, now())?;
            let shell = contacts::find(tx, ours, person)?.unwrap();
            assert_eq!((shell.name.as_str(), shell.email), (erasure::ERASED_NAME, None));
            assert!(shell.attributes.is_empty() && shell.erased_at.is_some());
        }
        assert_eq!(identities::list(tx, ours, contact)?, []);
        assert_eq!(visitors::by_token(tx, "h")?, None);
        assert_eq!(erasure::messages(tx, ours, room, MessageId(0), 1)?, [first]);
        assert_eq!(erasure::messages(tx, ours, room, first, 9)?, [second]);
        assert_eq!(erasure::wipe_messages(tx, ours, &[first], now())?, []);
        let wiped = messages::find(tx, ours, first)?.unwrap();
        assert_eq!((wiped.text.as_str(), wiped.seq, wiped.client_id), ("", 1, None));
        assert_eq!(wiped.sender.name, erasure::ERASED_NAME);
        assert_eq!(messages::find(tx, ours, second)?.unwrap().text, "more");
        Ok(())
    })
    .await;
});

/// All that is known about our contact.
fn ours(tx: &mut WriteTx<'_>, scene: Scene) -> Result<String> {
    let contact = contacts::shown(tx, scene.ours, scene.contact)?;
    let viewer = Viewer::SYSTEM;
    let conversation = conversations::find(tx, scene.ours, viewer, scene.conversation)?;
    let log = erasure::messages(tx, scene.ours, scene.room, MessageId(0), 9)?;
    let log = log.into_iter().map(|id| messages::find(tx, scene.ours, id));
    let log: Vec<_> = log.collect::<Result<_>>()?;
    Ok(format!("{contact:?} {conversation:?} {log:?} {:?}", visitors::by_token(tx, "h")?))
}

on_every_engine!(another_account_neither_sees_nor_changes_a_contact, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { theirs, inbox, contact, identity, room, .. } = scene;
    run(&db.store, move |tx| {
        labels::create(tx, scene.ours, "vip", "#000000", "")?;
        contacts::set_labels(tx, scene.ours, contact, &["vip".to_owned()])?;
        let token = NewToken { inbox, identity, token_hash: "h", page: None, now: now() };
        visitors::insert_token(tx, scene.ours, &token)?;
        let message = scene.say(tx, Said::by_customer("secret"))?;
        scene.say(tx, Said::by_agent("answer", DeliveryStatus::Sent))?;
        let mut known = contacts::find(tx, scene.ours, contact)?.unwrap();
        known.email = Some("bea@example.com".to_owned());
        contacts::save(tx, scene.ours, &known)?;
        labels::create(tx, theirs, "gold", "#000000", "")?;
        let before = ours(tx, scene)?;
        let gold = ["gold".to_owned()];
        assert_eq!(contacts::set_labels(tx, scene.ours, contact, &gold)?, Some(0), "not ours");
        contacts::set_labels(tx, scene.ours, contact, &["vip".to_owned()])?;
        reads_nothing(tx, theirs, scene, message)?;
        let foreign = contacts::find(tx, scene.ours, contact)?.unwrap();
        let foreign = tertulia_domain::contact::Contact { name: "Eve".to_owned(), ..foreign };
        contacts::save(tx, theirs, &foreign)?;
        contacts::seen(tx, theirs, contact, now())?;
        contacts::set_labels(tx, theirs, contact, &[])?;
        contacts::verify(tx, theirs, contact, now())?;
        visitors::set_page(tx, theirs, "h", &json!({}))?;
        visitors::revoke_token(tx, theirs, "h", now())?;
        erasure::hand_over(tx, theirs, contact, ContactId(77))?;
        erasure::forget_contact(tx, theirs, contact, now())?;
        assert_eq!(erasure::wipe_messages(tx, theirs, &[message], now())?, []);
        assert_eq!(ours(tx, scene)?, before);
        assert_eq!(rooms::lock_of_conversation(tx, theirs, scene.conversation)?, None);
        assert_ne!(rooms::lock_of_contact(tx, theirs, contact, now())?, room);
        Ok(())
    })
    .await;
});

fn reads_nothing(
    tx: &mut WriteTx<'_>,
    theirs: AccountId,
    scene: Scene,
    message: MessageId,
) -> Result<()> {
    let Scene { inbox, contact, identity, room, .. } = scene;
    assert_eq!(contacts::find(tx, theirs, contact)?, None);
    assert_eq!(contacts::lock(tx, theirs, contact)?, None);
    assert_eq!(contacts::by_address(tx, theirs, Some("bea@example.com"), None)?, []);
    assert_eq!(contacts::page(tx, theirs, None, ContactId(i64::MAX), 9)?, []);
    assert_eq!(contacts::page(tx, theirs, Some("vip"), ContactId(i64::MAX), 9)?, []);
    assert_eq!(identities::resolve(tx, theirs, inbox, "bea")?, None);
    assert_eq!(identities::known(tx, theirs, identity)?, None);
    assert_eq!(identities::of_contact(tx, theirs, contact, inbox)?, None);
    assert_eq!(identities::list(tx, theirs, contact)?, []);
    assert_eq!(contacts::shown(tx, theirs, contact)?, None);
    assert_eq!(visitors::unread(tx, theirs, room, 0)?, 0);
    assert_eq!(erasure::persons(tx, theirs, contact)?, []);
    assert_eq!(erasure::rooms(tx, theirs, contact)?, []);
    assert_eq!(erasure::messages(tx, theirs, room, MessageId(0), 9)?, []);
    assert_eq!(erasure::traces(tx, theirs, contact, &[room], EventId(0), 9)?, []);
    assert_eq!(messages::find(tx, theirs, message)?, None);
    assert_eq!(identities::known(tx, scene.ours, IdentityId(0))?, None);
    Ok(())
}
