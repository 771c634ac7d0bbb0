//! Questions that people put together, and what is read around conversations at once.

use serde_json::json;
use tertulia_domain::contact::Contact;
use tertulia_domain::conversation::ParticipantKind;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::Visibility;
use tertulia_domain::{InboxId, MessageId};
use tertulia_store::conversations::{self, By, Order, Subject, Viewer};
use tertulia_store::matching::{Joined, Operand, Operator, Test};
use tertulia_store::{contacts, identities, inboxes, messages, participants, users};
use tertulia_testkit::{TestDb, on_every_engine};

use super::now;
use super::scene::{Said, Scene, run};

fn test<S>(subject: S, operator: Operator, values: &[&str]) -> Test<S> {
    let values = values.iter().map(|text| Operand::Text((*text).to_owned())).collect();
    Test { subject, operator, values, joined: Joined::And }
}

on_every_engine!(conversations_are_asked_for_by_every_subject, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let (ours, theirs) = (scene.ours, scene.theirs);
    run(&db.store, move |tx| {
        scene.say(tx, Said::by_customer("Good morning"))?;
        let mut c = conversations::find(tx, ours, Viewer::SYSTEM, scene.conversation)?.unwrap();
        c.attributes = json!({"plan": "gold", "vip": true, "size": 3}).as_object().unwrap().clone();
        c.last_seq = 1;
        conversations::save(tx, ours, &c)?;
        let order = Order { by: By::Unread, descending: true };
        let subject = |key: &str| Subject::Attribute(key.to_owned());
        let cases = [
            (test(Subject::Status, Operator::Equal, &["open", "snoozed"]), true),
            (test(Subject::Status, Operator::NotEqual, &["open"]), false),
            (test(Subject::Assignee, Operator::Absent, &[]), true),
            (test(Subject::Priority, Operator::Present, &[]), false),
            (test(Subject::Label, Operator::NotEqual, &["vip"]), true),
            (test(Subject::Locale, Operator::Contains, &["pt"]), false),
            (test(Subject::Page, Operator::Absent, &[]), true),
            (test(Subject::Words, Operator::Contains, &["MORNING"]), true),
            (test(Subject::Words, Operator::Contains, &["%"]), false),
            (test(Subject::Address, Operator::Equal, &["bea"]), false),
            (test(Subject::Participant, Operator::Present, &[]), false),
            (test(Subject::Nothing, Operator::Equal, &["x"]), false),
            (test(subject("plan"), Operator::Equal, &["gold"]), true),
            (test(subject("vip"), Operator::Equal, &["true"]), true),
            (test(subject("size"), Operator::Equal, &["3"]), true),
            (test(subject("none"), Operator::NotEqual, &["3"]), true),
            (test(subject("plan'"), Operator::Present, &[]), false),
        ];
        for (test, found) in cases {
            let said = format!("{test:?}");
            let question = [vec![test]];
            let ask = |tx: &mut _, account| {
                conversations::ask(tx, account, Viewer::SYSTEM, &question, order, (0, 10))
            };
            assert_eq!(ask(tx, ours)?.len(), usize::from(found), "{said}");
            assert_eq!(ask(tx, theirs)?.len(), 0, "{said}");
            let tally = conversations::tally(tx, ours, Viewer::SYSTEM, &question)?;
            assert_eq!((tally.all, tally.unassigned), (i64::from(found), i64::from(found)));
        }
        for by in [By::LastActivity, By::Created, By::Priority, By::WaitingSince] {
            for descending in [true, false] {
                let order = Order { by, descending };
                let all = conversations::ask(tx, ours, Viewer::SYSTEM, &[], order, (0, 10))?;
                assert_eq!(all.len(), 1, "{order:?}");
            }
        }
        let mine = Viewer { user: Some(scene.user), app: None, all_inboxes: false };
        assert!(conversations::ask(tx, ours, mine, &[], order, (0, 10))?.is_empty());
        assert_eq!(conversations::by_number(tx, ours, mine, 1)?, None);
        assert_eq!(
            conversations::by_number(tx, ours, Viewer::SYSTEM, 1)?,
            Some(scene.conversation)
        );
        assert_eq!(conversations::by_number(tx, theirs, Viewer::SYSTEM, 1)?, None);
        Ok(())
    })
    .await;
});

on_every_engine!(contacts_are_asked_for_by_every_subject, async |db: &TestDb| {
    use contacts::{By, Order, Subject};
    let scene = Scene::set(&db.store).await;
    let (ours, theirs) = (scene.ours, scene.theirs);
    run(&db.store, move |tx| {
        let found = contacts::find(tx, ours, scene.contact)?.unwrap();
        let attributes = json!({"plan": "gold", "more": {"city": "Porto"}});
        let attributes = attributes.as_object().unwrap().clone();
        let email = Some("bea@example.com".to_owned());
        contacts::save(tx, ours, &Contact { email, attributes, ..found })?;
        let member = Subject::Member("more".to_owned(), "city".to_owned());
        let cases = [
            (test(Subject::Name, Operator::Contains, &["EA"]), true),
            (test(Subject::Email, Operator::StartsWith, &["bea@"]), true),
            (test(Subject::Phone, Operator::Present, &[]), false),
            (test(Subject::Locale, Operator::NotEqual, &["pt"]), true),
            (test(Subject::Blocked, Operator::Equal, &["false"]), true),
            (test(Subject::Label, Operator::Absent, &[]), true),
            (test(Subject::Attribute("plan".to_owned()), Operator::Equal, &["gold"]), true),
            (test(member, Operator::Equal, &["Porto"]), true),
            (test(Subject::Nothing, Operator::Present, &[]), false),
        ];
        for (test, found) in cases {
            let said = format!("{test:?}");
            let question = [vec![test]];
            for by in [By::Name, By::Email, By::Phone, By::LastSeen, By::Created] {
                let order = Order { by, descending: true };
                let all = contacts::ask(tx, ours, &question, order, (0, 10))?;
                assert_eq!(all.len(), usize::from(found), "{said}");
                assert!(contacts::ask(tx, ours, &question, order, (1, 10))?.is_empty());
                assert!(contacts::ask(tx, theirs, &question, order, (0, 10))?.is_empty());
            }
            assert_eq!(contacts::tally(tx, ours, &question)?, i64::from(found), "{said}");
        }
        Ok(())
    })
    .await;
});

on_every_engine!(what_is_around_conversations_is_read_at_once, async |db: &TestDb| {
    let scene = Scene::set(&db.store).await;
    let (ours, theirs) = (scene.ours, scene.theirs);
    run(&db.store, move |tx| {
        let asked = Said { external_id: Some("m-1"), ..Said::by_customer("Hello") };
        let first = scene.say(tx, asked)?;
        let second = scene.say(tx, Said::by_agent("Hi", DeliveryStatus::Sent))?;
        let note = Said { visibility: Visibility::Note, delivery: None, ..Said::by_customer("n") };
        let third = scene.say(tx, note)?;
        let mut c = conversations::find(tx, ours, Viewer::SYSTEM, scene.conversation)?.unwrap();
        (c.last_seq, c.preview_seq, c.contact_read_seq, c.customer_messages) = (3, 3, 2, 1);
        conversations::save(tx, ours, &c)?;
        let all = [scene.conversation];
        let around = conversations::around(tx, ours, &all)?;
        assert_eq!((around[0].number, around[0].unread_count), (1, 1));
        assert_eq!(around[0].first_reply_at, Some(now()));
        assert_eq!(around[0].contact_seen_at, Some(now()));
        assert_eq!((around[0].agents_seen_at, around[0].address.clone()), (None, None));
        assert!(conversations::around(tx, theirs, &all)?.is_empty());
        let latest = messages::latest(tx, ours, &all)?;
        assert_eq!(latest.iter().map(|m| m.id).collect::<Vec<_>>(), [second, third]);
        assert!(messages::latest(tx, theirs, &all)?.is_empty());
        let names = messages::external_ids(tx, ours, &[first, second])?;
        assert_eq!(names, [(first, "m-1".to_owned())]);
        assert_eq!(messages::seq_of(tx, ours, scene.room, second)?, Some(2));
        assert_eq!(messages::seq_of(tx, ours, scene.room, MessageId(i64::MAX))?, Some(3));
        assert_eq!(messages::seq_of(tx, theirs, scene.room, second)?, None);
        assert_eq!(messages::written_at(tx, ours, scene.room, 2)?, Some(now()));
        let place = (scene.room, scene.conversation);
        assert!(messages::with_attachments(tx, ours, place, 9)?.is_empty());
        assert_eq!(users::of_ids(tx, ours, &[scene.user])?.len(), 1);
        assert!(users::of_ids(tx, theirs, &[scene.user])?.is_empty());
        assert_eq!(contacts::of_ids(tx, ours, &[scene.contact])?.len(), 1);
        assert!(contacts::of_ids(tx, theirs, &[scene.contact])?.is_empty());
        assert_eq!(identities::of_contacts(tx, ours, &[scene.contact])?.len(), 1);
        assert!(identities::of_contacts(tx, theirs, &[scene.contact])?.is_empty());
        assert_eq!(inboxes::of_ids(tx, ours, &[scene.inbox, InboxId(999)])?.len(), 1);
        assert!(inboxes::of_ids(tx, theirs, &[scene.inbox])?.is_empty());
        let shown = conversations::of_ids(tx, ours, Viewer::SYSTEM, &all)?;
        assert_eq!(shown.len(), 1);
        let who = (ParticipantKind::Agent, scene.user.0);
        assert!(!participants::leave(tx, ours, scene.conversation, who, now())?);
        Ok(())
    })
    .await;
});
