//! Canned responses, attribute definitions and saved filters: unique where they must be, found by
//! what was searched for, and nobody else's.

use serde_json::{Map, json};
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind, Subject};
use tertulia_domain::saved_filter::SavedFilter;
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, AttributeDefinitionId, SavedFilterId, UserId};
use tertulia_store::{Store, attribute_definitions, canned_responses, saved_filters};
use tertulia_testkit::{TestDb, on_every_engine};

use super::people::person;
use super::scene::run;
use super::{account, now};

async fn codes(store: &Store, account: AccountId, wanted: &'static str) -> Vec<String> {
    let found = run(store, move |tx| canned_responses::list(tx, account, wanted, None, 100)).await;
    found.into_iter().map(|((_, code), _)| code).collect()
}

on_every_engine!(canned_responses_are_found_by_code_and_content, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        for (code, content) in [
            ("price", "It is 50% off, says the list."),
            ("olá", "Olá! Em que posso ajudar?"),
            ("list-price", "Our PRICES are on the page."),
            ("a_b", "under_score"),
        ] {
            assert!(canned_responses::create(tx, ours, code, content, now())?.is_some());
        }
        assert_eq!(canned_responses::create(tx, ours, "price", "again", now())?, None);
        assert!(canned_responses::create(tx, theirs, "price", "theirs", now())?.is_some());
        Ok(())
    })
    .await;
    let found = async |wanted| codes(&db.store, ours, wanted).await;
    assert_eq!(found("PRICE").await, ["price", "list-price"], "begins with it, then has it");
    assert_eq!(found("list").await, ["list-price", "price"], "code before content");
    assert_eq!(found("OLA").await, ["olá"], "without case and accents");
    assert_eq!(found("%").await, ["price"], "a wildcard is a character");
    assert_eq!(found("_").await, ["a_b"], "a wildcard is a character");
    assert_eq!(found("\\").await, [""; 0], "as is what escapes them");
    assert_eq!(found("").await.len(), 4);
    assert_eq!(codes(&db.store, theirs, "").await, ["price"]);
});

on_every_engine!(pages_of_canned_responses_have_each_once, async |db: &TestDb| {
    let ours = account(&db.store).await;
    let seen = run(&db.store, move |tx| {
        for n in 0..9 {
            let (code, content) = (format!("c{n}"), if n % 2 == 0 { "c1" } else { "x" });
            canned_responses::create(tx, ours, &code, content, now())?;
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = canned_responses::list(tx, ours, "c1", after.as_ref(), 2)?;
            let Some((last, _)) = page.last() else { return Ok(seen) };
            after = Some(last.clone());
            seen.extend(page.into_iter().map(|((_, code), _)| code));
        }
    })
    .await;
    assert_eq!(seen, ["c1", "c0", "c2", "c4", "c6", "c8"]);
});

on_every_engine!(a_canned_response_changes_with_what_it_is_found_by, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        let id = canned_responses::create(tx, ours, "hi", "Hello", now())?.unwrap();
        let mut response = canned_responses::get(tx, ours, id)?.unwrap();
        assert_eq!(canned_responses::get(tx, theirs, id)?, None);
        response.short_code = "bye".to_owned();
        response.content = "Farewell".to_owned();
        canned_responses::update(tx, theirs, &response)?;
        assert_eq!(canned_responses::get(tx, ours, id)?.unwrap().short_code, "hi");
        canned_responses::update(tx, ours, &response)?;
        assert_eq!(canned_responses::list(tx, ours, "hello", None, 9)?, []);
        assert_eq!(canned_responses::list(tx, ours, "farewell", None, 9)?.len(), 1);
        assert_eq!(canned_responses::by_short_code(tx, ours, "bye")?, Some(response));
        assert!(!canned_responses::delete(tx, theirs, id)?);
        assert!(canned_responses::delete(tx, ours, id)?);
        assert!(!canned_responses::delete(tx, ours, id)?);
        Ok(())
    })
    .await;
});

fn definition(subject: Subject, key: &str) -> AttributeDefinition {
    AttributeDefinition {
        id: AttributeDefinitionId(0),
        subject,
        key: key.to_owned(),
        name: "Plan".to_owned(),
        description: String::new(),
        kind: AttributeKind::List,
        choices: vec!["free".to_owned(), "paid".to_owned()],
        pattern: None,
        cue: Some("One of the two".to_owned()),
        created_at: now(),
        updated_at: now(),
    }
}

on_every_engine!(an_attribute_is_defined_once_for_its_subject, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        let mut plan = definition(Subject::Contact, "plan");
        let id = attribute_definitions::create(tx, ours, &plan)?.unwrap();
        assert_eq!(attribute_definitions::create(tx, ours, &plan)?, None);
        let other = definition(Subject::Conversation, "plan");
        assert!(attribute_definitions::create(tx, ours, &other)?.is_some());
        plan.id = id;
        assert_eq!(attribute_definitions::get(tx, ours, id)?.as_ref(), Some(&plan));
        assert_eq!(attribute_definitions::get(tx, theirs, id)?, None);
        let first = AttributeDefinitionId(0);
        let of = Some(Subject::Contact);
        let listed = attribute_definitions::list(tx, ours, of, first, 9)?;
        assert_eq!(listed, std::slice::from_ref(&plan));
        assert_eq!(attribute_definitions::list(tx, ours, None, first, 9)?.len(), 2);
        assert_eq!(attribute_definitions::list(tx, theirs, None, first, 9)?, []);
        plan.kind = AttributeKind::Text;
        plan.choices.clear();
        plan.pattern = Some("^[a-z]+$".to_owned());
        attribute_definitions::update(tx, ours, &plan)?;
        assert_eq!(attribute_definitions::get(tx, ours, id)?, Some(plan));
        assert!(!attribute_definitions::delete(tx, theirs, id)?);
        assert!(attribute_definitions::delete(tx, ours, id)?);
        Ok(())
    })
    .await;
});

fn filter(user_id: UserId, subject: Subject) -> SavedFilter {
    let query = Map::from_iter([("payload".to_owned(), json!([{"values": ["é", 1, null]}]))]);
    SavedFilter {
        id: SavedFilterId(0),
        user_id,
        subject,
        name: "Mine".to_owned(),
        query,
        created_at: now(),
        updated_at: now(),
    }
}

on_every_engine!(a_saved_filter_is_its_owners, async |db: &TestDb| {
    let ours = account(&db.store).await;
    let ana = person(&db.store, ours, "ana@example.com", Role::Agent).await;
    let bea = person(&db.store, ours, "bea@example.com", Role::Administrator).await;
    run(&db.store, move |tx| {
        let mut mine = filter(ana, Subject::Conversation);
        mine.id = saved_filters::create(tx, ours, &mine)?;
        saved_filters::create(tx, ours, &filter(ana, Subject::Contact))?;
        assert_eq!(saved_filters::get(tx, ours, ana, mine.id)?.as_ref(), Some(&mine));
        assert_eq!(saved_filters::get(tx, ours, bea, mine.id)?, None);
        assert_eq!(saved_filters::count(tx, ours, ana)?, 2);
        assert_eq!(saved_filters::count(tx, ours, bea)?, 0);
        let (first, of) = (SavedFilterId(0), Some(Subject::Conversation));
        let listed = saved_filters::list(tx, ours, ana, of, first, 9)?;
        assert_eq!(listed, std::slice::from_ref(&mine));
        assert_eq!(saved_filters::list(tx, ours, bea, None, first, 9)?, []);
        mine.name = "Late".to_owned();
        mine.query.clear();
        saved_filters::update(tx, ours, &mine)?;
        assert!(!saved_filters::delete(tx, ours, bea, mine.id)?);
        assert_eq!(saved_filters::get(tx, ours, ana, mine.id)?.as_ref(), Some(&mine));
        assert!(saved_filters::delete(tx, ours, ana, mine.id)?);
        Ok(())
    })
    .await;
});
