//! Conversations: listed, opened, steered.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use super::fields::{self, has};
use crate::app::{TestApp, on_every_engine};

/// Numbers of a list's conversations.
fn numbers(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|c| c["id"].as_i64().unwrap()).collect()
}

#[test]
fn a_conversation_has_the_shape_of_the_reference() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        desk.post(&scene.path("/messages"), &json!({"content": "Hi"})).await;
        let one = desk.get(&scene.path("")).await;
        has(&one, fields::CONVERSATION);
        has(&one["meta"], fields::CONVERSATION_META);
        has(&one["meta"]["sender"], fields::CONTACT);
        has(&one["messages"][0], fields::PUSHED_MESSAGE);
        has(&one["last_non_activity_message"], fields::PUSHED_MESSAGE);
        assert_eq!(one["last_non_activity_message"]["content"], "Hi");
        assert_eq!(one["meta"]["channel"], "Channel::Api");
        assert_ne!(one["first_reply_created_at"], 0);
        let source = &one["messages"][0]["conversation"]["contact_inbox"]["source_id"];
        assert_eq!(*source, scene.source_id);
        let list = desk.get("/conversations").await;
        assert_eq!(list["data"]["payload"], json!([one]));
        let meta =
            json!({"mine_count": 0, "assigned_count": 0, "unassigned_count": 1, "all_count": 1});
        assert_eq!(list["data"]["meta"], meta);
        assert_eq!(desk.get("/conversations/meta").await, json!({"meta": meta}));
        app.settle().await;
    });
}

#[test]
fn the_list_is_filtered_sorted_and_paged() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let mut made = Vec::new();
        for number in 1..=27 {
            let body = json!({"name": format!("C{number}"), "inbox_id": app.people.api.id});
            let contact = desk.post("/contacts", &body).await["payload"]["contact"]["id"].clone();
            let body = json!({"contact_id": contact, "inbox_id": app.people.api.id,
                "message": {"content": format!("Question {number}"), "message_type": "incoming"}});
            made.push(desk.post("/conversations", &body).await["id"].as_i64().unwrap());
            app.clock.advance(std::time::Duration::from_secs(1));
        }
        let list = async |query: &str| {
            let list = desk.get(&format!("/conversations?{query}")).await;
            numbers(&list["data"]["payload"])
        };
        let newest: Vec<i64> = made.iter().rev().copied().collect();
        assert_eq!(list("").await, newest[..25]);
        assert_eq!(list("page=2").await, newest[25..]);
        assert_eq!(list("sort_by=created_at_asc").await, made[..25]);
        assert_eq!(list("q=question%2013").await, [made[12]]);
        assert_eq!(list("conversation_type=unattended&page=2").await.len(), 2);
        assert!(list("conversation_type=mention").await.is_empty());
        assert!(list("status=resolved").await.is_empty());
        assert_eq!(list("status=all&page=2").await.len(), 2);
        assert_eq!(list(&format!("inbox_id={}&page=2", app.people.api.id)).await.len(), 2);
        assert!(list(&format!("inbox_id={}", app.people.widget.id)).await.is_empty());
        assert_eq!(list("updated_within=10").await.len(), 9);
        let (first, second) = (made[0], made[1]);
        desk.post(
            &format!("/conversations/{first}/toggle_priority"),
            &json!({"priority": "urgent"}),
        )
        .await;
        desk.post(&format!("/conversations/{second}/labels"), &json!({"labels": ["billing"]}))
            .await;
        assert_eq!(list("sort_by=priority_desc").await[0], first);
        assert_eq!(list("labels[]=billing&labels[]=other").await, [second]);
        let me = app.people.administrator.get("/v1/session").await.json()["user"]["id"].clone();
        let body = json!({"assignee_id": me});
        desk.post(&format!("/conversations/{first}/assignments"), &body).await;
        for (kind, count) in [("me", 1), ("assigned", 1), ("unassigned", 25), ("all", 25)] {
            assert_eq!(list(&format!("assignee_type={kind}")).await.len(), count, "{kind}");
        }
        let bad = json!({"error": "status must be open, pending, snoozed, resolved or all"});
        desk.refused(Method::GET, "/conversations?status=bot", &Value::Null, (422, &bad)).await;
        app.settle().await;
    });
}

/// Statements of one list. They are counted for the whole process, in which the journal is followed
/// too, so that only the cheapest of a few tells what the list itself takes.
async fn cost_of_the_list(desk: &Desk) -> u64 {
    let mut cheapest = u64::MAX;
    for _ in 0..8 {
        let before = tertulia_store::statements_run();
        desk.get("/conversations").await;
        cheapest = cheapest.min(tertulia_store::statements_run() - before);
    }
    cheapest
}

#[test]
fn a_list_costs_the_same_however_long_it_is() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let mut costs = Vec::new();
        for round in 0..2 {
            for number in 0..5 {
                let name = format!("C{round}{number}");
                let body = json!({"name": name, "inbox_id": app.people.api.id});
                let made = desk.post("/contacts", &body).await;
                let contact = made["payload"]["contact"]["id"].clone();
                let body = json!({"contact_id": contact, "inbox_id": app.people.api.id,
                    "message": {"content": "Hi", "message_type": "incoming"}});
                desk.post("/conversations", &body).await;
            }
            app.settle().await;
            costs.push(cost_of_the_list(&desk).await);
        }
        assert_eq!(costs[0], costs[1], "statements for 5 and for 10 conversations");
        assert!(costs[0] <= 20, "{costs:?}");
    });
}

#[test]
fn a_status_is_toggled_and_always_says_success() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let toggle = async |body: Value| {
            let answer = desk.post(&scene.path("/toggle_status"), &body).await;
            assert_eq!(answer["payload"]["success"], true);
            assert_eq!(answer["payload"]["conversation_id"], scene.conversation);
            answer["payload"]["current_status"].as_str().unwrap().to_owned()
        };
        assert_eq!(toggle(json!({})).await, "resolved");
        assert_eq!(toggle(json!({})).await, "open");
        assert_eq!(toggle(json!({"status": "snoozed"})).await, "snoozed");
        assert_eq!(toggle(json!({"status": "open"})).await, "open");
        assert_eq!(toggle(json!({"status": "resolved"})).await, "resolved");
        let until = tertulia_domain::Clock::now(app.clock.as_ref()).secs() + 86_400;
        let body = json!({"status": "snoozed", "snoozed_until": until});
        assert_eq!(toggle(body).await, "snoozed");
        assert_eq!(desk.get(&scene.path("")).await["snoozed_until"], until);
        let nobody = json!({"error": "no app that works answers on this inbox"});
        let pending = json!({"status": "pending"});
        desk.refused(Method::POST, &scene.path("/toggle_status"), &pending, (422, &nobody)).await;
        let word = json!({"error": "status must be open, pending, snoozed or resolved"});
        let bot = json!({"status": "bot"});
        desk.refused(Method::POST, &scene.path("/toggle_status"), &bot, (422, &word)).await;
        app.settle().await;
    });
}

#[test]
fn people_teams_labels_and_attributes_are_put_on_it() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let me = app.people.administrator.get("/v1/session").await.json()["user"]["id"].clone();
        let to = scene.path("/assignments");
        let agent = desk.post(&to, &json!({"assignee_id": me})).await;
        assert_eq!((&agent["id"], &agent["role"]), (&me, &json!("administrator")));
        assert_eq!(desk.get(&scene.path("")).await["meta"]["assignee"]["id"], me);
        assert_eq!(desk.post(&to, &json!({"assignee_id": null})).await, Value::Null);
        assert_eq!(desk.get(&scene.path("")).await["meta"]["assignee"], Value::Null);
        let body = json!({"name": "sales", "description": "", "member_ids": [me]});
        let team = app.people.administrator.post("/v1/teams", &body).await.json()["id"].clone();
        let row = desk.post(&to, &json!({"team_id": team})).await;
        assert_eq!((&row["id"], &row["is_member"]), (&team, &json!(true)));
        assert_eq!(desk.get(&scene.path("")).await["meta"]["team"]["name"], "sales");
        assert_eq!(desk.post(&to, &json!({"team_id": 0})).await, Value::Null);
        let labels = scene.path("/labels");
        let set = desk.post(&labels, &json!({"labels": ["vip", "new"]})).await;
        assert_eq!(set, json!({"payload": ["new", "vip"]}));
        assert_eq!(desk.get(&labels).await, set);
        let custom = scene.path("/custom_attributes");
        desk.post(&custom, &json!({"custom_attributes": {"a": 1, "b": "x"}})).await;
        let replaced = desk.post(&custom, &json!({"custom_attributes": {"b": "y"}})).await;
        assert_eq!(replaced, json!({"custom_attributes": {"b": "y"}}));
        let urgent =
            desk.patch(&scene.path(""), &json!({"priority": "urgent", "status": "resolved"})).await;
        assert_eq!((&urgent["priority"], &urgent["status"]), (&json!("urgent"), &json!("open")));
        let people = scene.path("/participants");
        assert_eq!(desk.post(&people, &json!({"user_ids": [me]})).await[0]["id"], me);
        assert_eq!(desk.patch(&people, &json!({"user_ids": []})).await, json!([]));
        desk.post(&people, &json!({"user_ids": [me]})).await;
        desk.delete(&people, &json!({"user_ids": [me]})).await;
        assert_eq!(desk.get(&people).await, json!([]));
        app.settle().await;
    });
}

#[test]
fn reading_typing_and_muting() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        assert_eq!(desk.get(&scene.path("")).await["unread_count"], 1);
        let read = desk.post(&scene.path("/update_last_seen"), &json!({})).await;
        assert_eq!(read["unread_count"], 0);
        assert_ne!(read["agent_last_seen_at"], 0);
        let typing = scene.path("/toggle_typing_status");
        for status in ["on", "off"] {
            desk.post(&typing, &json!({"typing_status": status})).await;
        }
        let wrong = json!({"error": "typing_status must be on or off"});
        desk.refused(Method::POST, &typing, &json!({}), (422, &wrong)).await;
        desk.post(&scene.path("/mute"), &json!({})).await;
        let muted = desk.get(&scene.path("")).await;
        assert_eq!((&muted["muted"], &muted["status"]), (&json!(true), &json!("resolved")));
        let said = json!({"content": "Hello?", "message_type": "incoming"});
        let blocked = json!({"error": "the contact is blocked"});
        desk.refused(Method::POST, &scene.path("/messages"), &said, (422, &blocked)).await;
        desk.post(&scene.path("/unmute"), &json!({})).await;
        assert_eq!(desk.get(&scene.path("")).await["muted"], false);
        app.settle().await;
    });
}

#[test]
fn opening_one_that_is_open_gives_the_same_one() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let by_address = json!({"source_id": scene.source_id, "inbox_id": app.people.api.id,
            "custom_attributes": {"plan": "gold"}, "additional_attributes": {"referer": "https://x.example"}});
        let again = desk.post("/conversations", &by_address).await;
        assert_eq!(again["id"], scene.conversation);
        assert_eq!(again["custom_attributes"], json!({"plan": "gold"}));
        assert_eq!(again["additional_attributes"]["referer"], "https://x.example");
        let nobody = json!({"source_id": "nobody", "inbox_id": app.people.api.id});
        let missing = json!({"error": "Resource could not be found"});
        desk.refused(Method::POST, "/conversations", &nobody, (404, &missing)).await;
        let nowhere = json!({"contact_id": scene.contact, "inbox_id": 999_999});
        let expected =
            json!({"message": "Inbox id is not an inbox that is on", "attributes": ["inbox_id"]});
        desk.refused(Method::POST, "/conversations", &nowhere, (422, &expected)).await;
        app.settle().await;
    });
}
