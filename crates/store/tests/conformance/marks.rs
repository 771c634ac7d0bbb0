//! Small rows beside conversations: drafts, watermarks, receipts, and items that wait for a message.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::conversation::{ParticipantKind, ParticipantRole};
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::Visibility;
use tertulia_domain::{Timestamp, UserId};
use tertulia_store::drafts::{self, Draft};
use tertulia_store::reads::{self, Mark};
use tertulia_store::{
    Error, Scope, WriteTx, channel_sessions, conversations, identities, parked, participants,
    receipts,
};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, run};

fn draft(text: &str) -> Draft {
    let visibility = Visibility::Note;
    Draft { text: text.to_owned(), visibility, reply_to: None, updated_at: now() }
}

fn mark(seq: i64) -> Mark {
    Mark { seq, customer_messages: seq, at: now() }
}

on_every_engine!(a_draft_is_one_per_person_and_conversation, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, theirs, user, conversation, .. } = scene;
    run(&db.store, move |tx| {
        assert_eq!(drafts::find(tx, ours, user, conversation)?, None);
        drafts::save(tx, ours, user, conversation, &draft("one"))?;
        drafts::save(tx, ours, user, conversation, &draft("two"))?;
        drafts::save(tx, ours, UserId(77), conversation, &draft("other"))?;
        assert_eq!(drafts::find(tx, ours, user, conversation)?, Some(draft("two")));
        assert_eq!(drafts::find(tx, theirs, user, conversation)?, None);
        drafts::clear(tx, theirs, user, conversation)?;
        drafts::save(tx, theirs, user, conversation, &draft("theirs"))?;
        assert_eq!(drafts::find(tx, ours, user, conversation)?, Some(draft("two")));
        drafts::clear(tx, ours, user, conversation)?;
        assert_eq!(drafts::find(tx, ours, user, conversation)?, None);
        assert_eq!(drafts::find(tx, ours, UserId(77), conversation)?, Some(draft("other")));
        Ok(())
    })
    .await;
});

on_every_engine!(a_watermark_only_rises, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, theirs, user, room, conversation, .. } = scene;
    run(&db.store, move |tx| {
        for (seq, moves) in [(2, true), (2, false), (1, false), (3, true)] {
            let moved = reads::advance(tx, ours, conversation, user, mark(seq))?;
            assert_eq!(moved, moves, "to {seq}");
        }
        assert!(
            !reads::advance(tx, theirs, conversation, user, mark(9))?,
            "not by another account"
        );
        assert!(reads::advance(tx, ours, conversation, user, mark(4))?);
        assert!(reads::advance(tx, ours, conversation, UserId(77), mark(1))?, "each has their own");
        let sent = tertulia_domain::delivery::DeliveryStatus::Sent;
        for said in [Said::by_customer("a"), Said::by_agent("b", sent), Said::by_customer("c")] {
            scene.say(tx, said)?;
        }
        for (after, customers) in [(0, 2), (1, 1), (3, 0)] {
            let found = reads::customer_messages_after(tx, ours, room, conversation, after)?;
            assert_eq!(found, customers, "after {after}");
        }
        assert_eq!(reads::customer_messages_after(tx, theirs, room, conversation, 0)?, 0);
        Ok(())
    })
    .await;
});

on_every_engine!(presence_in_a_conversation_is_one_row_per_party, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, theirs, inbox, user, identity, conversation, .. } = scene;
    let at = (inbox, Channel::Widget);
    let session = run(&db.store, move |tx| {
        let agent = (ParticipantKind::Agent, user.0);
        let join = |tx: &mut WriteTx<'_>, account, role| {
            participants::join(tx, account, conversation, agent, role, now())
        };
        join(tx, ours, ParticipantRole::Monitor)?;
        join(tx, ours, ParticipantRole::Primary)?;
        join(tx, theirs, ParticipantRole::Whisper)?;
        let there = participants::of_conversation(tx, ours, conversation)?;
        assert_eq!(there.iter().map(|it| it.role).collect::<Vec<_>>(), [ParticipantRole::Primary]);
        assert_eq!(participants::of_conversation(tx, theirs, conversation)?, []);
        let touch = |tx: &mut WriteTx<'_>| {
            channel_sessions::touch(tx, ours, conversation, at, identity, now())
        };
        let session = touch(tx)?;
        assert_eq!(touch(tx)?, session);
        let target = channel_sessions::target(tx, ours, conversation)?.unwrap();
        assert_eq!((target.session_id, target.address.as_str()), (session, "bea"));
        assert_eq!(channel_sessions::target(tx, theirs, conversation)?, None);
        assert_eq!(channel_sessions::target_of(tx, theirs, session)?, None);
        channel_sessions::end_all(tx, theirs, conversation)?;
        assert!(channel_sessions::target(tx, ours, conversation)?.is_some());
        channel_sessions::end_all(tx, ours, conversation)?;
        assert_eq!(channel_sessions::target(tx, ours, conversation)?, None, "it has ended");
        channel_sessions::restart_all(tx, theirs, conversation)?;
        assert_eq!(channel_sessions::target(tx, ours, conversation)?, None);
        channel_sessions::restart_all(tx, ours, conversation)?;
        assert!(channel_sessions::target(tx, ours, conversation)?.is_some());
        Ok(session)
    })
    .await;
    let foreign = db.store.write::<_, Error, _>(Scope::System, move |tx| {
        channel_sessions::touch(tx, theirs, conversation, at, identity, now())
    });
    assert!(foreign.await.is_err(), "{session} is not theirs");
});

on_every_engine!(an_event_of_a_provider_is_taken_in_once, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, inbox, .. } = scene;
    let take = |key: &'static str| {
        db.store.write::<bool, Error, _>(Scope::Account(ours), move |tx| {
            receipts::take_in(tx, ours, inbox, key, now())
        })
    };
    let raced = futures_util::future::join_all((0..8).map(|_| take("k"))).await;
    assert_eq!(raced.into_iter().filter(|taken| *taken == Ok(true)).count(), 1);
    assert_eq!((take("K").await, take("k").await), (Ok(true), Ok(false)));
});

on_every_engine!(what_waits_for_a_message_is_taken_in_the_order_of_arrival, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let Scene { ours, theirs, inbox, .. } = scene;
    run(&db.store, move |tx| {
        let before = now().plus(Duration::from_secs(1));
        for (account, external_id, n) in
            [(ours, "x", 1), (ours, "y", 2), (theirs, "x", 3), (ours, "x", 4)]
        {
            parked::park(tx, account, inbox, external_id, &json!(n), now())?;
        }
        let stale = parked::stale(tx, before, 3)?;
        assert_eq!(stale.iter().map(|it| &it.item).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(parked::stale(tx, now(), 9)?, []);
        assert!(!parked::remove(tx, theirs, stale[1].id)?);
        assert_eq!(parked::take(tx, ours, inbox, "x")?, [json!(1), json!(4)]);
        assert_eq!(parked::take(tx, ours, inbox, "x")?, Vec::<serde_json::Value>::new());
        assert!(parked::remove(tx, ours, stale[1].id)?);
        assert!(!parked::remove(tx, ours, stale[1].id)?);
        let left = parked::stale(tx, before, 9)?;
        assert_eq!(left.iter().map(|it| it.account_id).collect::<Vec<_>>(), [theirs]);
        let viewer = conversations::Viewer::SYSTEM;
        assert!(conversations::find(tx, theirs, viewer, scene.conversation)?.is_none());
        Ok(())
    })
    .await;
});

on_every_engine!(
    a_reply_goes_where_the_customer_was_seen_last_even_within_a_minute,
    |db: &TestDb| {
        let store = db.store.clone();
        async move {
            let Scene { ours, inbox, contact, identity, conversation, .. } =
                Scene::set(&store).await;
            run(&store, move |tx| {
                let other =
                    identities::insert(tx, ours, inbox, contact, "elsewhere", false, now())?;
                let at = (inbox, Channel::Widget);
                let [first, second, third] =
                    [0, 1, 2].map(|secs| Timestamp(now().0 + secs * 1_000_000));
                let here = channel_sessions::touch(tx, ours, conversation, at, identity, first)?;
                let there = channel_sessions::touch(tx, ours, conversation, at, other, second)?;
                let target = channel_sessions::target(tx, ours, conversation)?.unwrap();
                assert_eq!(target.session_id, there);
                assert_eq!(
                    channel_sessions::touch(tx, ours, conversation, at, identity, third)?,
                    here
                );
                let target = channel_sessions::target(tx, ours, conversation)?.unwrap();
                assert_eq!(target.session_id, here);
                Ok(())
            })
            .await;
        }
    }
);
