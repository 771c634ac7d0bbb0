//! What goes wrong: refusals by state, limits, and the faults that a test asks for.

use std::time::Duration;

use serde_json::{Value, json};
use tertulia_doubles::telegram::{Books, Fault, FaultKind, NewUser};

use crate::client::{Bot, set_up};
use crate::target::Target;

fn empty(books: &Books) -> bool {
    books.bots[0]["pending_updates"] == 0
}

#[tokio::test]
async fn tokens_are_checked_like_telegrams() {
    let (double, bot, _) = set_up().await;
    let with = |token: &str| Bot {
        http: bot.http.clone(),
        base_url: format!("{}/bot{token}", double.base_url()),
    };
    let unknown = format!("123:{}", "x".repeat(35));
    assert_eq!(with(&unknown).refused("getMe", json!({})).await, (401, "Unauthorized".to_owned()));
    assert_eq!(with("nonsense").refused("getMe", json!({})).await, (404, "Not Found".to_owned()));
    double.revoke(double.bot().id);
    assert_eq!(bot.refused("getMe", json!({})).await, (401, "Unauthorized".to_owned()));
}

#[tokio::test]
async fn who_cannot_be_written_to_is_refused() {
    let (double, bot, ana) = set_up().await;
    let send = |chat: i64| json!({"chat_id": chat, "text": "hello"});
    let stranger = double.customer(NewUser::named("Stranger"));
    assert_eq!(
        bot.refused("sendMessage", send(stranger.id())).await,
        (403, "Forbidden: bot can't initiate conversation with a user".to_owned())
    );
    ana.blocks(true).unwrap();
    assert!(ana.says("from behind the wall").unwrap_err().contains("blocked"));
    assert_eq!(
        bot.refused("sendMessage", send(ana.id())).await,
        (403, "Forbidden: bot was blocked by the user".to_owned())
    );
    let updates = bot.call("getUpdates", json!({"offset": -1})).await;
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "kicked");
    let group = double.add_group("Friends");
    let in_group = ana.in_group(group);
    in_group.moves_bot(false).unwrap();
    assert_eq!(
        bot.refused("sendMessage", send(group)).await,
        (403, "Forbidden: bot was kicked from the group chat".to_owned())
    );
    in_group.moves_bot(true).unwrap();
    let new = in_group.migrates().unwrap();
    let answer = bot.ask("sendMessage", send(group)).await;
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new);
    bot.call("sendMessage", send(new)).await;
}

#[tokio::test]
async fn limits_say_how_long_to_wait_and_hold_until_then() {
    let (double, bot, ana) = set_up().await;
    double.set(|settings| settings.limits.enforced = true);
    let send = |chat: i64| json!({"chat_id": chat, "text": "hello"});
    for _ in 0..3 {
        bot.call("sendMessage", send(ana.id())).await;
    }
    let answer = bot.ask("sendMessage", send(ana.id())).await;
    assert_eq!(answer["error_code"], 429);
    let wait = answer["parameters"]["retry_after"].as_u64().unwrap();
    assert_eq!(answer["description"], format!("Too Many Requests: retry after {wait}"));
    double.advance(Duration::from_secs(wait));
    bot.call("sendMessage", send(ana.id())).await;

    let group = double.add_group("Friends");
    for _ in 0..20 {
        bot.call("sendMessage", send(group)).await;
    }
    assert_eq!(bot.refused("sendMessage", send(group)).await.0, 429);
    double.advance(Duration::from_secs(61));
    for round in 0..31 {
        let person = double.customer(NewUser::named("Someone"));
        person.starts(None).unwrap();
        let answer = bot.ask("sendMessage", send(person.id())).await;
        assert_eq!(answer["ok"], round < 30, "{answer}");
    }
}

#[tokio::test]
async fn faults_meet_whom_they_are_meant_for() {
    let (double, bot, ana) = set_up().await;
    let send = json!({"chat_id": ana.id(), "text": "hello"});
    double.fault(Fault::once(FaultKind::TooManyRequests { retry_after_secs: 7 }).of("sendMessage"));
    bot.call("getMe", json!({})).await;
    let answer = bot.ask("sendMessage", send.clone()).await;
    assert_eq!(answer["parameters"]["retry_after"], 7);
    double.fault(Fault::always(FaultKind::ServerError { status: 500 }).times(2));
    for _ in 0..2 {
        let refused = bot.refused("sendMessage", send.clone()).await;
        assert_eq!(refused, (500, "Internal Server Error".to_owned()));
    }
    double.fault(Fault::once(FaultKind::ServerError { status: 502 }));
    assert!(bot.ask("sendMessage", send.clone()).await["html"].is_string());
    double.fault(Fault::once(FaultKind::Refuse));
    assert!(bot.try_ask("sendMessage", send.clone()).await.is_err());
    assert!(double.books().delivered.is_empty(), "none of these does anything");
    double.fault(Fault::once(FaultKind::Slow { millis: 1 }).in_chat(ana.id() + 1));
    bot.call("sendMessage", send.clone()).await;
    assert_eq!(double.books().delivered.len(), 1);
    double.clear_faults();
}

#[tokio::test]
async fn updates_come_several_times_and_in_any_order() {
    let (double, bot, ana) = set_up().await;
    let target = Target::start().await;
    let people: Vec<_> = (0..8).map(|_| double.customer(NewUser::default())).collect();
    for person in &people {
        person.says("hello").unwrap();
    }
    ana.says("one").unwrap();
    double.fault(Fault::always(FaultKind::Duplicate { copies: 3 }));
    double.fault(Fault::always(FaultKind::Shuffle));
    bot.call("setWebhook", json!({"url": target.url})).await;
    double.wait_for(empty).await.unwrap();
    let ids = target.update_ids();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(ids.len(), 10 * 3);
    assert_ne!(ids, sorted, "the order was lost");
}

#[tokio::test]
async fn a_truncated_push_is_pushed_again() {
    let (double, bot, ana) = set_up().await;
    let target = Target::start().await;
    double.fault(Fault::once(FaultKind::TruncateWebhook));
    bot.call("setWebhook", json!({"url": target.url})).await;
    let sent = ana.says("whole").unwrap();
    let books = double.wait_for(empty).await.unwrap();
    assert_eq!(target.update_ids().last(), sent.update_id.as_ref());
    assert_eq!(target.update_ids().len(), 2, "what came in half was not read");
    assert!(books.receptions.iter().any(|reception| reception.status != 200));
}

#[tokio::test]
async fn a_target_that_is_not_there_is_said_so_and_served_when_it_is() {
    let (double, bot, _) = set_up().await;
    bot.call("setWebhook", json!({"url": "http://127.0.0.1:1/"})).await;
    let refused = |books: &Books| books.receptions.len() > 1;
    double.wait_for(refused).await.unwrap();
    let info = bot.call("getWebhookInfo", json!({})).await;
    assert_eq!(info["last_error_message"], "Connection refused");
    assert_eq!(info["pending_update_count"], 1);
    let target = Target::start().await;
    bot.call("setWebhook", json!({"url": target.url})).await;
    double.wait_for(empty).await.unwrap();
}

#[tokio::test]
async fn numbers_of_updates_can_jump_back_and_are_still_delivered() {
    let (double, bot, ana) = set_up().await;
    let updates = bot.call("getUpdates", json!({})).await;
    let offset = updates[0]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(bot.call("getUpdates", json!({"offset": offset})).await, json!([]));
    double.set_next_update_id(double.bot().id, 12);
    ana.says("after a week").unwrap();
    let updates = bot.call("getUpdates", json!({"offset": offset})).await;
    assert_eq!(updates[0]["update_id"], 12);
}

#[tokio::test]
async fn updates_are_kept_for_a_day_and_messages_deletable_for_two() {
    let (double, bot, ana) = set_up().await;
    let send = json!({"chat_id": ana.id(), "text": "hello"});
    let ours = bot.call("sendMessage", send).await["message_id"].clone();
    double.advance(Duration::from_secs(24 * 60 * 60 + 1));
    assert_eq!(bot.call("getUpdates", json!({})).await, json!([]));
    double.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(
        bot.refused("deleteMessage", json!({"chat_id": ana.id(), "message_id": ours})).await,
        (400, "Bad Request: message can't be deleted for everyone".to_owned())
    );
}

#[tokio::test]
async fn only_what_was_asked_for_is_told() {
    let (_double, bot, ana) = set_up().await;
    assert_eq!(ana.reacts(1, &["👍"]).unwrap().update_id, None);
    bot.call("getUpdates", json!({"allowed_updates": ["message_reaction"]})).await;
    assert!(ana.reacts(1, &["🔥"]).unwrap().update_id.is_some());
    assert_eq!(ana.says("unheard").unwrap().update_id, None);
}

#[tokio::test]
async fn large_files_are_refused_without_being_there() {
    let (_double, bot, ana) = set_up().await;
    ana.sends(&json!({"document": {"name": "film.mkv", "size_bytes": 21 * 1024 * 1024}})).unwrap();
    let updates = bot.call("getUpdates", json!({"offset": -1})).await;
    let file: &Value = &updates[0]["message"]["document"]["file_id"];
    assert_eq!(
        bot.refused("getFile", json!({"file_id": file})).await,
        (400, "Bad Request: file is too big".to_owned())
    );
}

#[tokio::test]
async fn a_webhook_may_answer_with_a_method() {
    let (double, bot, ana) = set_up().await;
    let target = Target::start().await;
    let reply = json!({"method": "sendMessage", "chat_id": ana.id(), "text": "by the way"});
    *target.kept.body.lock().unwrap() = reply.to_string();
    bot.call("setWebhook", json!({"url": target.url})).await;
    let said = |books: &Books| !books.texts_from_bot(ana.id()).is_empty();
    let books = double.wait_for(said).await.unwrap();
    assert_eq!(books.texts_from_bot(ana.id()), ["by the way"]);
}
