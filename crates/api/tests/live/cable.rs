//! `/cable` over a real socket: who gets a room, what is said in it, and when it ends.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_engine::{conversations, stream_tokens};
use tertulia_store::sessions;

use crate::public_api::App;
use crate::world::{Client, Person, World};

/// The promise: access that was taken away ends the room within a second.
const REVOKED_WITHIN: Duration = Duration::from_secs(1);

/// A socket of the client library, greeted.
pub(crate) async fn cable(world: &World) -> Client {
    let headers = [("sec-websocket-protocol", "actioncable-v1-json, actioncable-unsupported")];
    let mut client = world.connect_to("/cable", &headers).await;
    assert_eq!(client.next().await, Ok(json!({"type": "welcome"})));
    client
}

pub(crate) async fn subscribe(client: &mut Client, identifier: &str) {
    client.send(&json!({"command": "subscribe", "identifier": identifier})).await;
}

/// The next frame that is no heartbeat.
pub(crate) async fn frame(client: &mut Client) -> Value {
    loop {
        let frame = client.next().await.expect("still open");
        if frame["type"] != "ping" {
            return frame;
        }
    }
}

/// The data of the next event with this name.
pub(crate) async fn event(client: &mut Client, name: &str) -> Value {
    loop {
        let frame = frame(client).await;
        if frame["message"]["event"] == name {
            return frame["message"]["data"].clone();
        }
    }
}

/// The identifier of a person's room.
async fn identifier(world: &World, person: &Person) -> String {
    let ctx = world.ctx(person).await;
    let token = stream_tokens::issue(&world.engine, &ctx).await.unwrap().unwrap();
    let (account, user) = (world.account, person.user);
    json!({"channel": "RoomChannel", "pubsub_token": token, "account_id": account, "user_id": user})
        .to_string()
}

/// A person's room, joined.
async fn room(world: &World, person: &Person) -> Client {
    let mut client = cable(world).await;
    let identifier = identifier(world, person).await;
    subscribe(&mut client, &identifier).await;
    let confirmed = json!({"identifier": identifier, "type": "confirm_subscription"});
    assert_eq!(frame(&mut client).await, confirmed);
    client
}

#[tokio::test]
async fn an_agent_hears_what_happens_in_its_inboxes_in_chatwoots_words() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Agent, &[world.inboxes[0]]).await;
    let bob = world.person("bob", Role::Agent, &[world.inboxes[1]]).await;
    let (mut at_ana, mut at_bob) = (room(&world, &ana).await, room(&world, &bob).await);
    let visitor = world.visitor().await;
    assert_eq!(event(&mut at_ana, "contact.created").await["type"], "contact");
    let written = world.write_text(&visitor, "c-1", "Hello").await;
    let created = event(&mut at_ana, "conversation.created").await;
    assert_eq!(created["account_id"], json!(world.account));
    assert_eq!(created["status"], "open");
    let message = loop {
        let message = event(&mut at_ana, "message.created").await;
        if message["message_type"] == 0 {
            break message;
        }
    };
    assert_eq!(
        (&message["content"], &message["conversation_id"]),
        (&json!("Hello"), &created["id"])
    );
    let conversation = written["conversation_id"].as_i64().unwrap();
    let ctx = world.ctx(&ana).await;
    let id = tertulia_domain::ConversationId(conversation);
    conversations::assign(&world.engine, &ctx, id, Some(ana.user)).await.unwrap();
    let assigned = event(&mut at_ana, "assignee.changed").await;
    assert_eq!(assigned["meta"]["assignee"]["id"], json!(ana.user));
    conversations::resolve(&world.engine, &ctx, id).await.unwrap();
    let changed = event(&mut at_ana, "conversation.status_changed").await;
    assert_eq!(changed["status"], "resolved");
    assert_eq!(changed["performer"]["id"], json!(ana.user));
    world.happen(world.inboxes[1], "end").await;
    let ends = Instant::now() + Duration::from_millis(500);
    while Instant::now() < ends {
        let frame = at_bob.next().await.unwrap();
        assert!(!frame.to_string().contains("Hello"), "not bob's inbox: {frame}");
        if frame["type"] == "ping" {
            break;
        }
    }
}

#[tokio::test]
async fn identifiers_come_back_as_they_were_and_bad_ones_are_rejected() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let good = identifier(&world, &ana).await;
    let token = serde_json::from_str::<Value>(&good).unwrap()["pubsub_token"].clone();
    let spaced =
        format!("{{ \"pubsub_token\" : {token} , \"channel\": \"RoomChannel\", \"é\": 1 }}");
    let other_user = json!({"channel": "RoomChannel", "pubsub_token": token, "user_id": 999});
    let other_account = json!({"channel": "RoomChannel", "pubsub_token": token, "account_id": 999});
    let forged = format!("{}x", token.as_str().unwrap());
    let forged = json!({"channel": "RoomChannel", "pubsub_token": forged});
    let mut client = cable(&world).await;
    for (identifier, expected) in [
        (spaced.as_str(), "confirm_subscription"),
        ("nonsense", "reject_subscription"),
        (&other_user.to_string(), "reject_subscription"),
        (&other_account.to_string(), "reject_subscription"),
        (&forged.to_string(), "reject_subscription"),
        (r#"{"channel":"RoomChannel","pubsub_token":""}"#, "reject_subscription"),
    ] {
        subscribe(&mut client, identifier).await;
        loop {
            let frame = frame(&mut client).await;
            if frame["identifier"] == identifier && frame["message"].is_null() {
                assert_eq!(frame["type"], expected, "{identifier}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn an_api_token_never_opens_a_room_and_its_stream_token_opens_nothing_else() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let identifier = identifier(&world, &ana).await;
    let token = serde_json::from_str::<Value>(&identifier).unwrap()["pubsub_token"].clone();
    let answer = world.call("GET", "/v1/account", token.as_str(), None).await;
    assert_eq!(answer.status, 401);
    let mut client = cable(&world).await;
    let secret = json!({"channel": "RoomChannel", "pubsub_token": ana.secret}).to_string();
    subscribe(&mut client, &secret).await;
    assert_eq!(frame(&mut client).await["type"], "reject_subscription");
}

#[tokio::test]
async fn a_revoked_session_is_cut_within_a_second() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = room(&world, &ana).await;
    let started = Instant::now();
    let (user, session) = (ana.user, ana.session);
    world.write(move |tx| sessions::delete(tx, user, session)).await;
    let kind = tertulia_domain::event::EventKind::SessionRevoked;
    world.journal(kind, None, Some(ana.session.0), json!({})).await;
    loop {
        let frame = frame(&mut client).await;
        if frame["type"] == "disconnect" {
            let expected =
                json!({"type": "disconnect", "reason": "unauthorized", "reconnect": false});
            assert_eq!(frame, expected);
            break;
        }
    }
    assert!(started.elapsed() < REVOKED_WITHIN, "{:?}", started.elapsed());
    assert_eq!(client.close_code().await, 1008);
}

#[tokio::test]
async fn presence_is_told_whole_and_counts_as_long_as_it_is_said() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let bob = world.person("bob", Role::Administrator, &[]).await;
    let mut at_ana = room(&world, &ana).await;
    let there = event(&mut at_ana, "presence.update").await;
    assert_eq!(there["users"], json!({ana.user.to_string(): "online"}));
    let _at_bob = room(&world, &bob).await;
    let identifier = identifier(&world, &ana).await;
    let both = json!({ana.user.to_string(): "online", bob.user.to_string(): "online"});
    let deadline = Instant::now() + crate::world::SOON;
    loop {
        let data = r#"{"action":"update_presence"}"#;
        let action = json!({"command": "message", "identifier": identifier, "data": data});
        at_ana.send(&action).await;
        if event(&mut at_ana, "presence.update").await["users"] == both {
            break;
        }
        assert!(Instant::now() < deadline, "bob never came");
    }
}

#[tokio::test]
async fn a_shutdown_is_told_and_may_be_followed_by_another_connection() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = room(&world, &ana).await;
    world.shut_down();
    loop {
        let frame = frame(&mut client).await;
        if frame["type"] == "disconnect" {
            assert_eq!(
                (&frame["reason"], &frame["reconnect"]),
                (&json!("server_restart"), &json!(true))
            );
            break;
        }
    }
    assert_eq!(client.close_code().await, 1001);
}

#[tokio::test]
async fn a_customer_hears_its_own_conversation_and_neither_notes_nor_activities() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let (mine, other) = (app.customer(&world).await, app.customer(&world).await);
    let mut client = cable(&world).await;
    let identifier = json!({"channel": "RoomChannel", "pubsub_token": mine.pubsub_token});
    subscribe(&mut client, &identifier.to_string()).await;
    assert_eq!(frame(&mut client).await["type"], "confirm_subscription");
    let theirs = other.open(&world).await;
    other.say(&world, theirs, "a secret of somebody else").await;
    let number = mine.open(&world).await;
    let said = mine.say(&world, number, "Hello").await;
    let conversation = app.conversation(&world, number).await;
    world.answer(&ana, conversation.0, Visibility::Note, "who is that?").await;
    world.answer(&ana, conversation.0, Visibility::Public, "Hi!").await;
    let mut heard = Vec::new();
    while heard.last() != Some(&json!("Hi!")) {
        let frame = frame(&mut client).await;
        assert!(!frame.to_string().contains("secret of somebody else"), "{frame}");
        assert!(!frame.to_string().contains("ana@desk.example"), "{frame}");
        if frame["message"]["event"] == "message.created" {
            assert_eq!(frame["message"]["data"]["private"], false);
            heard.push(frame["message"]["data"]["content"].clone());
        }
    }
    assert_eq!(heard, [said["content"].clone(), json!("Hi!")]);
}

#[tokio::test]
async fn a_client_that_says_nothing_sensible_is_told_so_and_ended() {
    let world = World::serve().await;
    let mut client = cable(&world).await;
    for _ in 0..21 {
        client.send(&json!(["nonsense"])).await;
    }
    let expected = json!({"type": "disconnect", "reason": "invalid_request", "reconnect": false});
    assert_eq!(frame(&mut client).await, expected);
    assert_eq!(client.close_code().await, 1008);
    let mut client = cable(&world).await;
    let long = "x".repeat(17 * 1024);
    client.send(&json!({"command": "subscribe", "identifier": long})).await;
    assert!(client.close_code().await >= 1000, "a frame that is too long ends the connection");
}
