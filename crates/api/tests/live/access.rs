//! Who may open the stream, what each topic lets through, and how fast a revocation works.

use std::time::{Duration, Instant};

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::Role;
use tertulia_store::{inboxes, sessions};

use crate::world::World;

/// The promise: access that was taken away closes the socket within a second.
const REVOKED_WITHIN: Duration = Duration::from_secs(1);

#[tokio::test]
async fn without_a_session_the_socket_ends_with_4401() {
    let world = World::serve().await;
    assert_eq!(world.connect(&[]).await.close_code().await, 4401);
    let bad = [("cookie", "tertulia=guess"), ("origin", "http://desk.example")];
    assert_eq!(world.connect(&bad).await.close_code().await, 4401);
    assert_eq!(world.connect(&[("authorization", "Bearer ttl_x")]).await.close_code().await, 4401);
}

#[tokio::test]
async fn a_foreign_page_cannot_use_the_cookie() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    for origin in ["http://evil.example", "null", "http://desk.example.evil.example"] {
        let mut client = world.connect(&[("cookie", &ana.cookie), ("origin", origin)]).await;
        assert_eq!(client.close_code().await, 4403, "{origin}");
    }
    let mut client = world.connect(&[("cookie", &ana.cookie)]).await;
    assert_eq!(client.close_code().await, 4403, "no origin at all");
}

#[tokio::test]
async fn an_agent_gets_the_events_of_its_inboxes_and_a_supervisor_all() {
    let world = World::serve().await;
    let [first, second] = world.inboxes;
    let (agent, supervisor) = (
        world.person("agent", Role::Agent, &[first]).await,
        world.person("supervisor", Role::Supervisor, &[]).await,
    );
    let (mut at_agent, mut at_supervisor) =
        (world.live(&agent, None).await, world.live(&supervisor, None).await);
    world.happen(second, "elsewhere").await;
    world.happen(first, "mine").await;
    assert_eq!(at_supervisor.note().await, "elsewhere");
    assert_eq!(at_supervisor.note().await, "mine");
    assert_eq!(at_agent.note().await, "mine");
}

#[tokio::test]
async fn bad_input_046_a_foreign_topic_looks_like_one_that_does_not_exist() {
    let world = World::serve().await;
    let agent = world.person("agent", Role::Agent, &[]).await;
    let mut client = world.console(&agent).await;
    client.subscribe(&["conversation:1", "conversation:999", "nonsense"], None).await;
    for topic in ["conversation:1", "conversation:999", "nonsense"] {
        let expected = json!({"type": "error", "code": "not_found", "topic": topic});
        assert_eq!(client.until("error").await, expected);
    }
    assert_eq!(client.until("ready").await["topics"], json!([]));
}

#[tokio::test]
async fn an_ended_session_closes_its_socket_within_a_second_and_no_other() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let bo = world.person("bo", Role::Administrator, &[]).await;
    let (mut at_ana, mut at_bo) = (world.live(&ana, None).await, world.live(&bo, None).await);
    let (user, session) = (ana.user, ana.session);
    world.write(move |tx| sessions::delete(tx, user, session)).await;
    let began = Instant::now();
    world.journal(EventKind::SessionRevoked, None, Some(session.0), json!({})).await;
    assert_eq!(at_ana.close_code().await, 4401);
    assert!(began.elapsed() < REVOKED_WITHIN, "{:?}", began.elapsed());
    world.happen(world.inboxes[0], "still here").await;
    loop {
        let frame = at_bo.until("event").await;
        if frame["event"]["data"]["note"] == "still here" {
            break;
        }
    }
}

#[tokio::test]
async fn an_agent_who_leaves_an_inbox_sees_nothing_of_it_any_more() {
    let world = World::serve().await;
    let [first, second] = world.inboxes;
    let agent = world.person("agent", Role::Agent, &[first]).await;
    let mut client = world.live(&agent, None).await;
    world.happen(first, "before").await;
    let (account, user) = (world.account, agent.user);
    world
        .write(move |tx| {
            inboxes::set_members(tx, account, first, &[])?;
            inboxes::set_members(tx, account, second, &[user])
        })
        .await;
    world.journal(EventKind::InboxUpdated, None, Some(first.0), json!({"note": "moved"})).await;
    world.happen(first, "after").await;
    world.happen(second, "new inbox").await;
    assert_eq!(client.note().await, "before");
    assert_eq!(client.note().await, "moved");
    assert_eq!(client.note().await, "new inbox");
}
