//! A visitor and an agent hold a conversation; the visitor sees what is the visitor's.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::content::Content;
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_domain::{ContactId, ConversationId};
use tertulia_engine::messages::{self, Send};
use tertulia_engine::{Error, contacts};

use crate::world::World;

#[tokio::test]
async fn a_visitor_and_an_agent_talk_and_both_see_it_at_once() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Agent, &[world.inboxes[0]]).await;
    let mut at_ana = world.live(&ana, None).await;
    let visitor = world.visitor().await;
    let mut at_visitor = world.widget(&visitor, None).await;
    at_visitor.until("ready").await;
    let written = world.write_text(&visitor, "c-1", "Hello").await;
    let conversation = written["conversation_id"].as_i64().unwrap();
    let seen = at_ana.message().await;
    assert_eq!(seen["text"], "Hello");
    assert_eq!(at_visitor.message().await["client_id"], "c-1", "also in the visitor's other tab");
    world.answer(&ana, conversation, Visibility::Note, "who is that?").await;
    world.answer(&ana, conversation, Visibility::Public, "Hi!").await;
    let reply = at_visitor.message().await;
    assert_eq!(reply["text"], "Hi!", "the note is not for customers");
    assert_eq!(reply["sender"]["name"], "ana");
    assert_eq!(reply["sender"]["id"], json!(null));
    let page = world.call("GET", "/widget/v1/messages", Some(&visitor), None).await.body;
    let texts: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Hello", "Hi!"]);
    assert_eq!(page["items"][1], reply, "one shape for a message, live and by REST");
    let me = world.call("GET", "/widget/v1/me", Some(&visitor), None).await.body;
    assert_eq!(me["conversation"]["unread_count"], 1);
    world.call("POST", "/widget/v1/read", Some(&visitor), Some(json!({"seq": reply["seq"]}))).await;
    let me = world.call("GET", "/widget/v1/me", Some(&visitor), None).await.body;
    assert_eq!(me["conversation"]["unread_count"], 0);
}

#[tokio::test]
async fn the_same_client_id_is_the_same_message() {
    let world = World::serve().await;
    let visitor = world.visitor().await;
    let first = world.write_text(&visitor, "c-1", "Once").await;
    assert_eq!(world.write_text(&visitor, "c-1", "Once").await, first);
    let page = world.call("GET", "/widget/v1/messages", Some(&visitor), None).await.body;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn own_messages_are_edited_and_taken_back_and_others_are_not() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let visitor = world.visitor().await;
    let written = world.write_text(&visitor, "c-1", "Helo").await;
    let path = format!("/widget/v1/messages/{}", written["id"]);
    let edited = world.call("PATCH", &path, Some(&visitor), Some(json!({"text": "Hello"}))).await;
    assert_eq!((edited.status, &edited.body["text"]), (200, &json!("Hello")));
    let conversation = written["conversation_id"].as_i64().unwrap();
    let reply = world.answer(&ana, conversation, Visibility::Public, "Hi").await;
    let note = world.answer(&ana, conversation, Visibility::Note, "psst").await;
    let of_agent = format!("/widget/v1/messages/{}", reply.id);
    let refused = world.call("DELETE", &of_agent, Some(&visitor), None).await;
    assert_eq!(refused.status, 403);
    let reacted = format!("{of_agent}/reaction");
    let answer = world.call("PUT", &reacted, Some(&visitor), Some(json!({"emoji": "👍"}))).await;
    assert_eq!((answer.status, &answer.body["reactions"][0]["emoji"]), (200, &json!("👍")));
    let hidden = format!("/widget/v1/messages/{}/reaction", note.id);
    let answer = world.call("PUT", &hidden, Some(&visitor), Some(json!({"emoji": "👍"}))).await;
    assert_eq!(answer.status, 404, "a note does not exist for its customer");
    let gone = world.call("DELETE", &path, Some(&visitor), None).await;
    assert_eq!((gone.status, &gone.body["text"]), (200, &json!("")));
}

#[tokio::test]
async fn typing_goes_both_ways_and_shows_no_ids_of_staff() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Agent, &[world.inboxes[0]]).await;
    let mut at_ana = world.live(&ana, None).await;
    let visitor = world.visitor().await;
    let mut at_visitor = world.widget(&visitor, None).await;
    at_visitor.until("ready").await;
    let conversation = world.write_text(&visitor, "c-1", "Hello").await["conversation_id"].clone();
    world.call("POST", "/widget/v1/typing", Some(&visitor), Some(json!({"on": true}))).await;
    let typing = at_ana.until("typing").await;
    assert_eq!((&typing["who"]["kind"], &typing["on"]), (&json!("customer"), &json!(true)));
    let frame = json!({"type": "typing", "conversation_id": conversation, "on": true});
    at_ana.send(&frame).await;
    let typing = at_visitor.until("typing").await;
    assert_eq!(typing["who"], json!({"kind": "agent", "id": null, "name": "ana"}));
}

#[tokio::test]
async fn the_widget_says_whether_somebody_is_there() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Agent, &[world.inboxes[0]]).await;
    let config = world.call("GET", "/widget/v1/wk_0/config", None, None).await;
    assert_eq!((config.status, &config.body["online"]), (200, &json!(false)));
    assert_eq!(config.body["team"], json!([{"name": "ana", "avatar_url": null}]));
    let _at_ana = world.live(&ana, None).await;
    let online = |body: serde_json::Value| body["online"] == json!(true);
    assert!(online(world.call("GET", "/widget/v1/wk_0/config", None, None).await.body));
    assert!(!online(world.call("GET", "/widget/v1/wk_1/config", None, None).await.body));
    assert_eq!(world.call("GET", "/widget/v1/wk_9/config", None, None).await.status, 404);
}

#[tokio::test]
async fn a_page_is_remembered_where_the_conversation_begins_without_the_referrers_query() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut at_ana = world.live(&ana, None).await;
    let page = json!({
        "url": "https://shop.example/cart?step=2",
        "title": "Cart",
        "referrer": "https://mail.example/?token=secret",
    });
    let body = json!({"locale": "pt-BR", "page": page});
    let answer = world.call("POST", "/widget/v1/wk_0/visitors", None, Some(body)).await;
    let visitor = answer.body["token"].as_str().unwrap().to_owned();
    world.write_text(&visitor, "c-1", "Hello").await;
    let origin = loop {
        let event = at_ana.until("event").await["event"].clone();
        if event["type"] == "conversation.created" {
            break event["data"]["conversation"]["origin"].clone();
        }
    };
    assert_eq!(origin["url"], "https://shop.example/cart?step=2");
    assert_eq!(origin["referrer"], "https://mail.example/");
}

#[tokio::test]
async fn a_blocked_contact_reads_what_it_has_and_writes_nothing() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let visitor = world.visitor().await;
    let written = world.write_text(&visitor, "c-1", "Hello").await;
    let mut at_visitor = world.widget(&visitor, None).await;
    at_visitor.until("ready").await;
    let contact = ContactId(written["sender"]["id"].as_i64().unwrap());
    contacts::block(&world.engine, &world.ctx(&ana).await, contact).await.unwrap();
    assert_eq!(at_visitor.close_code().await, 4403);
    let body = json!({"client_id": "c-2", "content": {"type": "text", "text": "Hello?"}});
    let refused = world.call("POST", "/widget/v1/messages", Some(&visitor), Some(body)).await;
    assert_eq!((refused.status, &refused.body["code"]), (403, &json!("contact_blocked")));
    let page = world.call("GET", "/widget/v1/messages", Some(&visitor), None).await;
    assert_eq!(page.body["items"][0], written);
}

#[tokio::test]
async fn a_reply_to_the_customer_cannot_quote_a_note() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let visitor = world.visitor().await;
    let written = world.write_text(&visitor, "c-1", "Hello").await;
    let conversation = written["conversation_id"].as_i64().unwrap();
    let note = world.answer(&ana, conversation, Visibility::Note, "difficult customer").await;
    let command = Send {
        conversation: ConversationId(conversation),
        content: Content::Text { text: "Hi".to_owned() },
        spans: Vec::new(),
        visibility: Visibility::Public,
        client_id: None,
        external_id: None,
        reply_to: Some(note.id),
        attachments: Vec::new(),
        expected_seq: None,
    };
    let sent = messages::send(&world.engine, &world.ctx(&ana).await, command).await;
    assert!(matches!(sent, Err(Error::Invalid { .. })), "{sent:?}");
}

#[tokio::test]
async fn bad_input_049_a_flood_is_told_when_to_come_back() {
    let world = World::serve().await;
    let visitor = world.visitor().await;
    let mut refused = None;
    for number in 0..200 {
        let content = json!({"type": "text", "text": "spam"});
        let body = json!({"client_id": format!("c-{number}"), "content": content});
        let answer = world.call("POST", "/widget/v1/messages", Some(&visitor), Some(body)).await;
        if answer.status != 201 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    assert_eq!((refused.status, &refused.body["code"]), (429, &json!("rate_limited")));
    assert!(refused.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_visitors_token_opens_nothing_of_the_team_and_the_teams_nothing_of_a_visitor() {
    let world = World::serve().await;
    let visitor = world.visitor().await;
    assert_eq!(world.call("GET", "/v1/events", Some(&visitor), None).await.status, 401);
    let bearer = format!("Bearer {visitor}");
    let mut client = world.connect(&[("authorization", &bearer)]).await;
    assert_eq!(client.close_code().await, 4401);
    let token = world.token(&[Permission::ConversationsRead]).await;
    assert_eq!(world.call("GET", "/widget/v1/me", Some(&token), None).await.status, 401);
}

#[tokio::test]
async fn opening_the_widget_is_told_to_the_team_of_the_inbox_and_not_over_and_over() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Agent, &[world.inboxes[0]]).await;
    let bob = world.person("bob", Role::Agent, &[world.inboxes[1]]).await;
    let visitor = world.visitor().await;
    let (mut at_ana, mut at_bob) = (world.live(&ana, None).await, world.live(&bob, None).await);
    for _ in 0..20 {
        let answer = world.call("POST", "/widget/v1/opened", Some(&visitor), None).await;
        assert_eq!(answer.status, 204);
    }
    world.happen(world.inboxes[0], "end").await;
    world.happen(world.inboxes[1], "end").await;
    let mut opened = 0;
    loop {
        let frame = at_ana.until("event").await;
        match frame["event"]["type"].as_str().unwrap() {
            "widget.opened" => opened += 1,
            _ if frame["event"]["data"].to_string().contains("end") => break,
            _ => {}
        }
    }
    assert_eq!(opened, 6, "each opening is a row, so there is a limit");
    assert_eq!(at_bob.note().await, "end", "not for whom the inbox is not");
}
