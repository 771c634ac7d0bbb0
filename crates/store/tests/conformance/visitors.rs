//! Visitors' tokens: whom they stand for, and when they no longer do.

use serde_json::json;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::Visibility;
use tertulia_store::visitors::{self, NewToken};
use tertulia_store::{Error, Store, contacts, inboxes};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, is_duplicate, run};

/// The scene, with a token `h` of its contact.
async fn visited(store: &Store) -> Scene {
    let scene = Scene::set(store).await;
    run(store, move |tx| {
        let Scene { inbox, identity, .. } = scene;
        let page = Some(json!({"url": "https://example.com/"}));
        let token = NewToken { inbox, identity, token_hash: "h", page, now: now() };
        visitors::insert_token(tx, scene.ours, &token)
    })
    .await;
    scene
}

on_every_engine!(a_token_stands_for_one_visitor, async |db: &TestDb| {
    let scene = visited(&db.store).await;
    run(&db.store, move |tx| {
        let found = visitors::by_token(tx, "h")?.unwrap();
        assert_eq!((found.account_id, found.inbox_id), (scene.ours, scene.inbox));
        assert_eq!((found.identity_id, found.contact_id), (scene.identity, scene.contact));
        assert_eq!(
            (found.room_id, found.verified, found.blocked),
            (Some(scene.room), false, false)
        );
        assert_eq!(found.page, Some(json!({"url": "https://example.com/"})));
        visitors::set_page(tx, scene.ours, "h", &json!({"url": "https://example.com/b"}))?;
        let moved = visitors::by_token(tx, "h")?.unwrap();
        assert_eq!(moved.page, Some(json!({"url": "https://example.com/b"})));
        assert_eq!(visitors::by_token(tx, "H")?, None);
        Ok(())
    })
    .await;
    let Scene { ours, inbox, identity, .. } = scene;
    let twice = is_duplicate(&db.store, move |tx| {
        let token = NewToken { inbox, identity, token_hash: "h", page: None, now: now() };
        visitors::insert_token(tx, ours, &token)
    });
    assert!(twice.await);
});

/// How a token loses its force.
type End = fn(&mut tertulia_store::WriteTx<'_>, Scene) -> Result<(), Error>;

const ENDS: [(&str, End); 4] = [
    ("revoked", |tx, scene| visitors::revoke_token(tx, scene.ours, "h", now())),
    ("switched off", |tx, scene| {
        let mut inbox = inboxes::get(tx, scene.ours, scene.inbox)?.unwrap();
        inbox.enabled = false;
        inboxes::update(tx, scene.ours, &inbox).map(drop)
    }),
    ("deleted", |tx, scene| inboxes::delete(tx, scene.ours, scene.inbox, now()).map(drop)),
    ("erased", |tx, scene| {
        let mut contact = contacts::find(tx, scene.ours, scene.contact)?.unwrap();
        contact.erased_at = Some(now());
        contacts::save(tx, scene.ours, &contact)
    }),
];

on_every_engine!(a_token_ends_with_what_it_hangs_on, async |db: &TestDb| {
    let scene = visited(&db.store).await;
    for (name, end) in ENDS {
        // Each end is tried for itself and undone.
        let tried = db.store.write::<(), Error, _>(tertulia_store::Scope::System, move |tx| {
            assert!(visitors::by_token(tx, "h")?.is_some(), "before it is {name}");
            end(tx, scene)?;
            assert_eq!(visitors::by_token(tx, "h")?, None, "{name}");
            Err(Error::Refused { reason: "undone".to_owned() })
        });
        assert_eq!(tried.await, Err(Error::Refused { reason: "undone".to_owned() }), "{name}");
    }
});

on_every_engine!(a_blocked_or_proven_visitor_is_told_apart, async |db: &TestDb| {
    let scene = visited(&db.store).await;
    run(&db.store, move |tx| {
        let mut contact = contacts::find(tx, scene.ours, scene.contact)?.unwrap();
        contact.blocked_at = Some(now());
        contacts::save(tx, scene.ours, &contact)?;
        assert!(visitors::by_token(tx, "h")?.unwrap().blocked);
        assert!(!contact.verified);
        contacts::verify(tx, scene.ours, scene.contact, now())?;
        assert!(contacts::find(tx, scene.ours, scene.contact)?.unwrap().verified);
        Ok(())
    })
    .await;
});

on_every_engine!(
    what_a_visitor_has_not_read_is_what_the_team_said_in_public,
    async |db: &TestDb| {
        let scene = Scene::set(&db.store).await;
        run(&db.store, move |tx| {
            let sent = DeliveryStatus::Sent;
            scene.say(tx, Said::by_customer("hello"))?;
            scene.say(tx, Said::by_agent("one", sent))?;
            scene.say(tx, Said { visibility: Visibility::Note, ..Said::by_agent("note", sent) })?;
            scene.say(tx, Said::by_agent("two", sent))?;
            for (read_seq, unread) in [(0, 2), (2, 1), (3, 1), (4, 0)] {
                let counted = visitors::unread(tx, scene.ours, scene.room, read_seq)?;
                assert_eq!(counted, unread, "after {read_seq}");
            }
            for _ in 0..100 {
                scene.say(tx, Said::by_agent("again", sent))?;
            }
            let counted = visitors::unread(tx, scene.ours, scene.room, 0)?;
            assert_eq!(counted, 100, "counting ends where nobody cares");
            Ok(())
        })
        .await;
    }
);
