//! Rooms and messages: numbers without gaps, pages that meet, keys that hold.

use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::{Delivery, Reaction, SenderKind, Visibility};
use tertulia_domain::{ConversationId, InboxId, RoomId};
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{Error, Store, WriteTx, rooms};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, is_duplicate, run};

on_every_engine!(a_room_is_made_once_and_counts_without_gaps, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, contact, room, conversation, .. } = scene;
    let write = |_| {
        db.store.write::<i64, Error, _>(tertulia_store::Scope::Account(ours), move |tx| {
            assert_eq!(rooms::lock_of_contact(tx, ours, contact, now())?, room);
            rooms::next_seq(tx, ours, room)
        })
    };
    let taken = futures_util::future::join_all((0..20).map(write)).await;
    let mut taken: Vec<i64> = taken.into_iter().map(Result::unwrap).collect();
    taken.sort_unstable();
    assert_eq!(taken, (1..=20).collect::<Vec<_>>());
    run(&db.store, move |tx| {
        assert_eq!(rooms::lock_of_conversation(tx, ours, conversation)?, Some(room));
        assert_eq!(rooms::lock_of_conversation(tx, ours, ConversationId(0))?, None);
        Ok(())
    })
    .await;
});

on_every_engine!(first_messages_of_a_contact_make_one_room, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let ours = scene.ours;
    let new = run(&db.store, move |tx| {
        let new = super::scene::named("Cid");
        Ok(tertulia_store::contacts::insert(tx, ours, &new, now())?.id)
    });
    let contact = new.await;
    let enter = |_| {
        db.store.write::<RoomId, Error, _>(tertulia_store::Scope::Account(ours), move |tx| {
            rooms::lock_of_contact(tx, ours, contact, now())
        })
    };
    let entered = futures_util::future::join_all((0..8).map(enter)).await;
    let mut entered: Vec<RoomId> = entered.into_iter().map(Result::unwrap).collect();
    entered.dedup();
    assert_eq!(entered.len(), 1);
});

fn page(tx: &mut WriteTx<'_>, scene: Scene, span: Span, limit: usize) -> (Vec<i64>, bool) {
    let log = Log { room: scene.room, conversation: None, public_only: false };
    let (found, has_more) = messages::page(tx, scene.ours, log, span, limit).unwrap();
    (found.iter().map(|message| message.seq).collect(), has_more)
}

/// Five messages; the third is a note.
async fn talked(store: &Store) -> Scene {
    let scene = Scene::set(store).await;
    run(store, move |tx| {
        for n in 1..=5 {
            let said = Said::by_agent("words", DeliveryStatus::Sent);
            let visibility = if n == 3 { Visibility::Note } else { Visibility::Public };
            scene.say(tx, Said { visibility, ..said })?;
        }
        Ok(())
    })
    .await;
    scene
}

on_every_engine!(pages_of_a_log_ascend_and_say_whether_there_is_more, async |db: &TestDb| {
    let scene = talked(&db.store).await;
    run(&db.store, move |tx| {
        for (span, limit, seqs, has_more) in [
            (Span::Newest, 2, vec![4, 5], true),
            (Span::Newest, 5, vec![1, 2, 3, 4, 5], false),
            (Span::Before(4), 2, vec![2, 3], true),
            (Span::Before(3), 2, vec![1, 2], false),
            (Span::Before(1), 2, vec![], false),
            (Span::After(0), 2, vec![1, 2], true),
            (Span::After(3), 2, vec![4, 5], false),
            (Span::After(5), 2, vec![], false),
        ] {
            assert_eq!(page(tx, scene, span, limit), (seqs, has_more), "{span:?}");
        }
        let log = Log { room: scene.room, conversation: None, public_only: true };
        let (public, _) = messages::page(tx, scene.ours, log, Span::After(0), 9)?;
        assert_eq!(public.iter().map(|m| m.seq).collect::<Vec<_>>(), [1, 2, 4, 5]);
        let log = Log { conversation: Some(ConversationId(0)), ..log };
        assert_eq!(messages::page(tx, scene.ours, log, Span::After(0), 9)?, (vec![], false));
        let at = (scene.room, scene.conversation);
        let delivered = messages::delivered(tx, scene.ours, at, (1, 4), 9)?;
        assert_eq!(delivered.iter().map(|m| m.seq).collect::<Vec<_>>(), [4, 3, 2]);
        Ok(())
    })
    .await;
});

on_every_engine!(a_message_is_found_by_every_name_it_has, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, room, inbox, .. } = scene;
    run(&db.store, move |tx| {
        let first = scene.say(tx, Said::by_customer("first"))?;
        let named = Said { client_id: Some("c"), external_id: Some("x"), ..Said::by_customer("b") };
        let id = scene.say(tx, Said { reply_to: Some(first), ..named })?;
        let found = messages::find(tx, ours, id)?.unwrap();
        assert_eq!(messages::by_client_id(tx, ours, room, "c")?.as_ref(), Some(&found));
        assert_eq!(messages::by_external_id(tx, ours, inbox, "x")?.as_ref(), Some(&found));
        assert_eq!(messages::by_client_id(tx, ours, RoomId(0), "c")?, None);
        assert_eq!(messages::by_external_id(tx, ours, InboxId(0), "x")?, None);
        let quote = found.reply_to.unwrap();
        assert_eq!((quote.id, quote.seq, quote.text.as_str()), (first, 1, "first"));
        assert_eq!(messages::quote(tx, ours, room, first, true)?, Some(quote));
        assert_eq!(messages::quote(tx, ours, RoomId(0), first, true)?, None);
        let note =
            scene.say(tx, Said { visibility: Visibility::Note, ..Said::by_customer("n") })?;
        assert_eq!(messages::quote(tx, ours, room, note, true)?, None, "not for the customer");
        assert!(messages::quote(tx, ours, room, note, false)?.is_some());
        Ok(())
    })
    .await;
    for (client_id, external_id) in [(Some("c"), None), (None, Some("x"))] {
        let again = is_duplicate(&db.store, move |tx| {
            let said = Said { client_id, external_id, ..Said::by_customer("again") };
            scene.say(tx, said).map(drop)
        });
        assert!(again.await, "{client_id:?} {external_id:?}");
    }
});

on_every_engine!(what_changes_about_a_message_comes_back, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let ours = scene.ours;
    run(&db.store, move |tx| {
        let id = scene.say(tx, Said::by_agent("words", DeliveryStatus::Queued))?;
        let untouched = scene.say(tx, Said::by_agent("mine", DeliveryStatus::Queued))?;
        let other = messages::find(tx, ours, untouched)?;
        let other_words = Content::Text { text: "other words".to_owned() };
        messages::rewrite(tx, ours, id, &other_words, &[], now())?;
        let who = SenderKind::Customer;
        let reaction =
            Reaction { emoji: "👍".to_owned(), kind: who, id: None, name: "Bea".to_owned() };
        messages::set_reactions(tx, ours, id, std::slice::from_ref(&reaction))?;
        let (code, detail) = (Some("blocked".to_owned()), Some("no".to_owned()));
        let delivery = Delivery { status: DeliveryStatus::Rejected, code, detail, at: now() };
        messages::record_delivery(tx, ours, id, &delivery)?;
        let found = messages::find(tx, ours, id)?.unwrap();
        assert_eq!((found.text.as_str(), &found.content), ("other words", &other_words));
        assert_eq!((found.reactions, found.delivery), (vec![reaction], Some(delivery)));
        assert_eq!(found.edited_at, Some(now()));
        let nothing = Content::Text { text: String::new() };
        messages::wipe(tx, ours, id, &nothing, now())?;
        let wiped = messages::find(tx, ours, id)?.unwrap();
        assert_eq!((wiped.text.as_str(), wiped.content), ("", nothing));
        assert_eq!((wiped.reactions, wiped.deleted_at), (vec![], Some(now())));
        assert_eq!(messages::find(tx, ours, untouched)?, other, "only the one");
        Ok(())
    })
    .await;
});

on_every_engine!(another_account_neither_sees_nor_changes_a_message, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { theirs, room, inbox, conversation, .. } = scene;
    run(&db.store, move |tx| {
        let named = Said { client_id: Some("c"), external_id: Some("x"), ..Said::by_customer("b") };
        let id = scene.say(tx, Said { delivery: Some(DeliveryStatus::Sent), ..named })?;
        let before = messages::find(tx, scene.ours, id)?;
        assert_eq!(messages::find(tx, theirs, id)?, None);
        assert_eq!(messages::by_client_id(tx, theirs, room, "c")?, None);
        assert_eq!(messages::by_external_id(tx, theirs, inbox, "x")?, None);
        assert_eq!(messages::quote(tx, theirs, room, id, false)?, None);
        assert_eq!(messages::delivered(tx, theirs, (room, conversation), (0, 9), 9)?, vec![]);
        let log = Log { room, conversation: None, public_only: false };
        assert_eq!(messages::page(tx, theirs, log, Span::Newest, 9)?, (vec![], false));
        let nothing = Content::Text { text: String::new() };
        messages::rewrite(tx, theirs, id, &nothing, &[], now())?;
        messages::wipe(tx, theirs, id, &nothing, now())?;
        let (emoji, name) = ("👍".to_owned(), "Eve".to_owned());
        let reaction = Reaction { emoji, kind: SenderKind::Customer, id: None, name };
        messages::set_reactions(tx, theirs, id, &[reaction])?;
        let status = DeliveryStatus::Read;
        let delivery = Delivery { status, code: None, detail: None, at: now() };
        messages::record_delivery(tx, theirs, id, &delivery)?;
        assert_eq!(messages::find(tx, scene.ours, id)?, before);
        Ok(())
    })
    .await;
    let counted = db.store.write::<i64, Error, _>(tertulia_store::Scope::System, move |tx| {
        rooms::next_seq(tx, theirs, room)
    });
    assert!(counted.await.is_err(), "they cannot count on in our room");
});
