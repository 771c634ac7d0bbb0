//! The door for Telegram: only with the secret, any number of times, in any order, on any node.

use serde_json::{Value, json};
use tertulia_engine::inbound::accept;
use tertulia_engine::{Engine, Error};
use tertulia_net::HeaderMap;
use tertulia_store::{Scope, quarantine};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, update};

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

async fn push(engine: &Engine, hook: &str, secret: Option<&str>, body: &str) -> Result<(), Error> {
    let mut headers = HeaderMap::new();
    if let Some(secret) = secret {
        headers.insert(SECRET_HEADER, secret.parse().unwrap());
    }
    accept(engine, hook, &headers, body.as_bytes()).await.map(drop)
}

fn said(update_id: i64, message_id: i64, text: &str) -> Value {
    let person = json!({"id": 7, "is_bot": false, "first_name": "Bea"});
    update(
        update_id,
        "message",
        json!({
            "message_id": message_id, "date": 1_790_000_000, "from": person,
            "chat": {"id": 7, "type": "private", "first_name": "Bea"}, "text": text,
        }),
    )
}

fn edited(update_id: i64, message_id: i64, text: &str, at: i64) -> Value {
    let mut update = said(update_id, message_id, text);
    let mut message = update["message"].take();
    message["edit_date"] = json!(at);
    json!({"update_id": update_id, "edited_message": message})
}

on_every_engine!(rows_28_and_29_a_forged_update_leaves_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let inbox = world.inbox().await;
    let body = said(1, 1, "Hi").to_string();
    let long = format!("{}x", inbox.secret);
    let token = world.double.token();
    for wrong in [None, Some(""), inbox.secret.get(1..), Some(&long), Some(token.as_str())] {
        let refused = push(&world.engine, &inbox.hook_token, wrong, &body).await;
        let is_401 =
            matches!(refused, Err(Error::Unauthenticated { code: "signature_invalid", .. }));
        assert!(is_401, "{wrong:?}: {refused:?}");
    }
    assert!(world.conversations().await.is_empty());
    push(&world.engine, &inbox.hook_token, Some(&inbox.secret), &body).await.unwrap();
    assert_eq!(world.texts().await, ["Hi"]);
});

// Each update five times, shuffled, over forty connections to two nodes.
on_every_engine!(row_31_redelivery_makes_one_message_each, async |db: &TestDb| {
    let world = World::open(db).await;
    let other = world.another_node(db);
    let inbox = world.inbox().await;
    let mut pushes: Vec<String> = Vec::new();
    for copy in 0..5 {
        for n in 0..40_i64 {
            let n = (n * 17 + copy * 11) % 40;
            pushes.push(said(500 + n, n + 1, &format!("m{n}")).to_string());
        }
    }
    let connections = pushes.chunks(5).enumerate().map(|(index, chunk)| {
        let engine = if index % 2 == 0 { &world.engine } else { &other };
        let (hook, secret) = (&inbox.hook_token, &inbox.secret);
        async move {
            for body in chunk {
                // A node that is too busy says so, and Telegram comes again.
                while push(engine, hook, Some(secret), body).await.is_err() {}
            }
        }
    });
    futures_util::future::join_all(connections).await;
    let mut texts = world.texts().await;
    texts.sort();
    let mut expected: Vec<String> = (0..40).map(|n| format!("m{n}")).collect();
    expected.sort();
    assert_eq!(texts, expected);
    let seqs: Vec<i64> =
        world.log_of(&world.conversation().await).await.iter().map(|m| m.seq).collect();
    assert_eq!(seqs, (1..=41).collect::<Vec<i64>>(), "no gap, and nothing twice");
});

on_every_engine!(row_38_a_number_that_jumps_backwards_is_no_old_news, async |db: &TestDb| {
    let world = World::open(db).await;
    let inbox = world.inbox().await;
    for (id, text) in [(900_000_000, "before the quiet week"), (12, "after it")] {
        let body = said(id, id, text).to_string();
        push(&world.engine, &inbox.hook_token, Some(&inbox.secret), &body).await.unwrap();
    }
    assert_eq!(world.texts().await, ["before the quiet week", "after it"]);
});

on_every_engine!(row_37_an_edit_may_come_first_or_late, async |db: &TestDb| {
    let world = World::open(db).await;
    let inbox = world.inbox().await;
    let tell = async |body: Value| {
        let (hook, secret) = (&inbox.hook_token, &inbox.secret);
        push(&world.engine, hook, Some(secret), &body.to_string()).await.unwrap();
    };
    tell(edited(11, 1, "newest", 1_790_000_020)).await;
    tell(said(10, 1, "first")).await;
    assert_eq!(world.texts().await, ["newest"]);
    tell(edited(9, 1, "older", 1_790_000_010)).await;
    assert_eq!(world.texts().await, ["newest"], "what is older changes nothing");
    tell(edited(12, 1, "the very newest", 1_790_000_020)).await;
    assert_eq!(world.texts().await, ["the very newest"], "in one second the number decides");
});

on_every_engine!(rows_33_and_34_what_cannot_be_read_is_kept_and_answered, async |db: &TestDb| {
    let world = World::open(db).await;
    let inbox = world.inbox().await;
    let bodies = [
        "{\"update_id\": 5, \"mess".to_owned(),
        update(6, "message", json!({"date": 1, "text": "no chat"})).to_string(),
        update(7, "stars_changed", json!({"amount": 3})).to_string(),
    ];
    for body in &bodies {
        push(&world.engine, &inbox.hook_token, Some(&inbox.secret), body).await.unwrap();
    }
    let account = world.account;
    let kept = world
        .engine
        .store
        .read(Scope::Account(account), move |tx| quarantine::newest(tx, account, 10))
        .await
        .unwrap();
    assert_eq!(kept.len(), bodies.len());
    let future = update(
        8,
        "holo_message",
        json!({"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "Hi"}),
    );
    push(&world.engine, &inbox.hook_token, Some(&inbox.secret), &future.to_string()).await.unwrap();
    assert_eq!(world.said().await[0].content.kind(), "unsupported");
});

on_every_engine!(row_30_a_deleted_or_disabled_inbox_takes_nothing, async |db: &TestDb| {
    let world = World::open(db).await;
    let inbox = world.inbox().await;
    tertulia_engine::inboxes::delete(&world.engine, &world.agent(), world.inbox).await.unwrap();
    let body = said(1, 1, "Hi").to_string();
    let gone = push(&world.engine, &inbox.hook_token, Some(&inbox.secret), &body).await;
    assert!(matches!(gone, Err(Error::NotFound("hook"))), "{gone:?}");
    world.work().await;
    assert_eq!(world.double.books().requests_of("deleteWebhook").len(), 2);
    let account = world.account;
    let id = world.inbox;
    let read = world
        .engine
        .store
        .read(Scope::Account(account), move |tx| tertulia_store::inboxes::deleted(tx, account, id));
    assert_eq!(read.await.unwrap(), None, "the token is forgotten");
});
