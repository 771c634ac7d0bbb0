//! Messages: written in every way that clients have, listed, taken back.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use super::fields::{self, has};
use crate::app::{TestApp, on_every_engine};

#[test]
fn every_kind_of_message_has_the_shape_of_the_reference() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let sent = desk.post(&all, &json!({"content": "Hi", "echo_id": "e-1"})).await;
        has(&sent, fields::MESSAGE);
        has(&sent["sender"], fields::PUSHED_USER);
        assert_eq!((&sent["message_type"], &sent["echo_id"]), (&json!(1), &json!("e-1")));
        assert_eq!(sent["conversation_id"], scene.conversation);
        let note = desk.post(&all, &json!({"content": "Psst", "private": true})).await;
        assert_eq!((&note["private"], &note["status"]), (&json!(true), &json!("sent")));
        let quote = json!({"content": "Yes", "content_attributes": {"in_reply_to": sent["id"]}});
        let quoting = desk.post(&all, &quote).await;
        assert_eq!(quoting["content_attributes"]["in_reply_to"], sent["id"]);
        let heard = json!({"content": "And?", "message_type": "incoming", "source_id": "m-2"});
        let heard_once = desk.post(&all, &heard).await;
        has(&heard_once["sender"], fields::PUSHED_CONTACT);
        assert_eq!(heard_once["source_id"], "m-2");
        assert_eq!(
            desk.post(&all, &heard).await["id"],
            heard_once["id"],
            "one message, said twice"
        );
        let page = desk.get(&all).await;
        let payload = page["payload"].as_array().unwrap();
        payload.iter().for_each(|message| has(message, fields::MESSAGE));
        has(&page["meta"]["contact"], fields::PUSHED_CONTACT);
        let kinds: Vec<_> = payload.iter().map(|m| m["message_type"].as_i64().unwrap()).collect();
        assert!(kinds.contains(&2), "what happened is in the log: {kinds:?}");
        let ids: Vec<_> = payload.iter().map(|m| m["id"].as_i64().unwrap()).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        app.settle().await;
    });
}

#[test]
fn the_log_is_read_around_a_message() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let mut ids = Vec::new();
        for number in 0..30 {
            let note = json!({"content": format!("{number}"), "private": true});
            ids.push(desk.post(&all, &note).await["id"].as_i64().unwrap());
        }
        let read = async |query: String| {
            let page = desk.get(&format!("{all}?{query}")).await;
            let payload = page["payload"].as_array().unwrap().clone();
            payload.iter().map(|m| m["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(read(String::new()).await, ids[10..]);
        assert_eq!(read(format!("before={}", ids[25])).await, ids[5..25]);
        assert_eq!(read(format!("after={}", ids[25])).await, ids[26..]);
        assert_eq!(read(format!("after={}&before={}", ids[3], ids[8])).await, ids[4..8]);
        assert_eq!(read("after=999999999".to_owned()).await, Vec::<i64>::new());
        assert_eq!(read("before=999999999".to_owned()).await, ids[10..]);
        app.settle().await;
    });
}

#[test]
fn things_to_choose_are_kept_as_they_were_said() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let items = json!([{"title": "Red", "value": "r"}, {"title": "Blue", "value": "b"}]);
        let ask = json!({"content": "Which?", "content_type": "input_select", "private": true,
            "content_attributes": {"items": items}});
        let asked = desk.post(&all, &ask).await;
        assert_eq!(asked["content_type"], "input_select");
        assert_eq!(asked["content_attributes"]["items"], items);
        for (kind, items, message) in [
            ("input_select", json!([]), "Content attributes needs at least one item"),
            (
                "input_select",
                json!([{"title": "a", "value": "b", "c": 1}]),
                "Content attributes has items with the unknown key c",
            ),
        ] {
            let body = json!({"content": "?", "content_type": kind, "content_attributes": {"items": items}});
            let expected = json!({"message": message, "attributes": ["content_attributes"]});
            desk.refused(Method::POST, &all, &body, (422, &expected)).await;
        }
        app.settle().await;
    });
}

#[test]
fn refusals_are_those_of_the_reference() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let refused = async |body: Value, status: u16, expected: Value| {
            desk.refused(Method::POST, &all, &body, (status, &expected)).await;
        };
        let too_long = json!({"content": "x".repeat(10_001)});
        let message = "Content longer than 10000 characters (it has 10001)";
        refused(too_long, 422, json!({"message": message, "attributes": ["content"]})).await;
        let empty =
            json!({"message": "Content has nothing visible in it", "attributes": ["content"]});
        refused(json!({"content": " "}), 422, empty).await;
        let kind = json!({"error": "message_type must be incoming or outgoing"});
        refused(json!({"content": "x", "message_type": "activity"}), 422, kind).await;
        let rating =
            json!({"error": "content_type is input_csat, and there are no ratings here yet"});
        refused(json!({"content": "x", "content_type": "input_csat"}), 422, rating).await;
        let missing = scene.path("/messages/999999");
        let expected = json!({"error": "Resource could not be found"});
        desk.refused(Method::DELETE, &missing, &Value::Null, (404, &expected)).await;
        let translate = scene.path("/messages/1/translate");
        let expected = json!({"error": "There is no translation here"});
        desk.refused(Method::POST, &translate, &json!({}), (404, &expected)).await;
        app.settle().await;
    });
}

#[test]
fn customers_words_are_taken_in_only_where_a_program_brings_them() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let body = json!({"name": "Bo", "inbox_id": app.people.widget.id});
        let made = desk.post("/contacts", &body).await;
        let contact = made["payload"]["contact"]["id"].clone();
        let body = json!({"contact_id": contact, "inbox_id": app.people.widget.id});
        let conversation = desk.post("/conversations", &body).await["id"].clone();
        let all = format!("/conversations/{conversation}/messages");
        let heard = json!({"content": "Hi", "message_type": "incoming"});
        let expected = json!({"error": "Incoming messages are only allowed in Api inboxes"});
        desk.refused(Method::POST, &all, &heard, (422, &expected)).await;
        let sent = desk.post(&all, &json!({"content": "Hi"})).await;
        let one = format!("{all}/{}", sent["id"]);
        let expected = json!({"error": "Message status update is only allowed for API inboxes"});
        let status = json!({"status": "read"});
        desk.refused(Method::PATCH, &one, &status, (403, &expected)).await;
        app.settle().await;
    });
}

#[test]
fn a_program_says_what_became_of_a_message_and_takes_one_back() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let sent = desk.post(&all, &json!({"content": "Hi"})).await;
        let one = format!("{all}/{}", sent["id"]);
        app.settle().await;
        let failed =
            desk.patch(&one, &json!({"status": "failed", "external_error": "no credit"})).await;
        assert_eq!(failed["status"], "failed");
        assert_eq!(failed["content_attributes"]["external_error"], "no credit");
        let read = desk.patch(&one, &json!({"status": "read"})).await;
        assert_eq!(read["status"], "read", "proof of arrival wins");
        let note = desk.post(&all, &json!({"content": "Secret", "private": true})).await;
        let gone = desk.delete(&format!("{all}/{}", note["id"]), &Value::Null).await;
        assert_eq!(gone["content"], "This message was deleted");
        assert_eq!(gone["content_attributes"], json!({"deleted": true}));
        app.settle().await;
    });
}

#[test]
fn more_than_two_hundred_messages_a_minute_are_too_many() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let all = scene.path("/messages");
        let note = json!({"content": "x", "private": true});
        let mut refused = None;
        for _ in 0..201 {
            let answer = desk.ask(Method::POST, &all, &note).await;
            if answer.status != 200 {
                refused = Some(answer);
                break;
            }
        }
        let answer = refused.expect("a limit");
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (422, json!({"error": "Too many messages"}))
        );
        app.clock.advance(std::time::Duration::from_secs(61));
        desk.post(&all, &note).await;
        app.settle().await;
    });
}
