//! Outgoing messages against a server that misbehaves exactly as a test asks.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;

use serde_json::{Value, json};
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message as domain;
use tertulia_engine::Error;
use tertulia_engine::messages::retry;
use tertulia_engine::outbound::{Delivery, deliver};
use tertulia_engine::views::MessageView;
use tertulia_net::{Egress, Exception, HttpClient};
use tertulia_store::{Scope, jobs, messages};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::World;

/// A world whose channel calls a server of the test.
pub(crate) struct Wired {
    pub(crate) world: World,
    pub(crate) requests: mpsc::Receiver<String>,
}

impl Wired {
    /// Answers every request with the next of `answers`; an empty one hangs up.
    pub(crate) async fn open(db: &TestDb, answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                sender.send(read_request(&mut stream)).unwrap();
                // A client that has seen enough hangs up.
                drop(stream.write_all(answer.as_bytes()));
            }
        });
        let url = format!("http://{address}/hook");
        let mut world = World::with(db, ConversationPolicy::Contact, Some(url)).await;
        world.engine.http = client_for(address);
        world.hear("m1", "Hello").await;
        Self { world, requests }
    }

    pub(crate) async fn send(&self) -> MessageView {
        let id = self.world.conversation().await.id;
        let sent = self.world.say(id, "On its way").await.unwrap();
        assert_eq!(sent.delivery.clone().unwrap().status, DeliveryStatus::Queued);
        sent
    }

    pub(crate) async fn deliver(&self, message: &MessageView) -> Delivery {
        let payload = json!({ "message_id": message.id, "queued_at": message.created_at });
        deliver(&self.world.engine, self.world.account, &payload).await.unwrap()
    }

    async fn status(&self, message: &MessageView) -> DeliveryStatus {
        self.world.message(message.id).await.delivery.unwrap().status
    }
}

pub(crate) fn client_for(address: SocketAddr) -> HttpClient {
    let exception = Exception::Host { name: "127.0.0.1".to_owned(), port: Some(address.port()) };
    HttpClient::new(Egress { exceptions: vec![exception], ..Egress::default() })
}

/// Reads a request with its body, as long as `content-length` says.
pub(crate) fn read_request(stream: &mut impl Read) -> String {
    let (mut text, mut chunk) = (String::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut chunk).unwrap();
        text.push_str(&String::from_utf8_lossy(&chunk[..count]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if count == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return text;
        }
    }
}

pub(crate) const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
pub(crate) const GONE: &str =
    "HTTP/1.1 410 Gone\r\ncontent-length: 4\r\nconnection: close\r\n\r\ngone";
pub(crate) const BUSY: &str =
    "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

on_every_engine!(a_delivered_message_is_signed_and_sent_once, async |db: &TestDb| {
    let wired = Wired::open(db, &[OK]).await;
    let message = wired.send().await;
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Sent);
    let request = wired.requests.recv().unwrap();
    assert!(request.contains(&format!("webhook-id: msg_{}", message.id)), "{request}");
    assert!(request.contains("webhook-signature: v1,"), "{request}");
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["contact"]["id"], "customer-7");
    // The job runs at least once: a second run finds nothing to do.
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
});

on_every_engine!(a_refusal_is_final_until_a_person_retries, async |db: &TestDb| {
    let wired = Wired::open(db, &[GONE, OK]).await;
    let message = wired.send().await;
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    let delivery = wired.world.message(message.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Rejected);
    assert_eq!(delivery.code.as_deref(), Some("http_410"));
    let (world, id) = (&wired.world, message.conversation_id);
    retry(&world.engine, &world.agent(), id, message.id).await.unwrap();
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Sent);
    let again = retry(&world.engine, &world.agent(), id, message.id).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { code: "not_allowed", .. }), "{again}");
});

on_every_engine!(a_busy_channel_is_asked_again_when_it_says, async |db: &TestDb| {
    let wired = Wired::open(db, &[BUSY, OK]).await;
    let message = wired.send().await;
    let Delivery::Again { after, .. } = wired.deliver(&message).await else { panic!("settled") };
    assert_eq!(after.map(|after| after.as_secs()), Some(7));
    assert_eq!(wired.status(&message).await, DeliveryStatus::Queued);
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Sent);
});

on_every_engine!(a_lost_answer_is_uncertain_and_never_repeated_silently, async |db: &TestDb| {
    let wired = Wired::open(db, &[""]).await;
    let message = wired.send().await;
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Uncertain);
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    let receipt =
        json!({"type": "receipt", "id": "r1", "message_id": message.id, "status": "delivered"});
    wired.world.tell(receipt).await;
    assert_eq!(wired.status(&message).await, DeliveryStatus::Delivered, "proof wins over doubt");
});

on_every_engine!(a_worker_that_died_while_sending_leaves_doubt, async |db: &TestDb| {
    let wired = Wired::open(db, &[]).await;
    let message = wired.send().await;
    let (account, id, at) = (wired.world.account, message.id, wired.world.now());
    let sending =
        domain::Delivery { status: DeliveryStatus::Sending, code: None, detail: None, at };
    wired.world.write(move |tx| messages::record_delivery(tx, account, id, &sending)).await;
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Uncertain);
});

on_every_engine!(what_waited_a_day_has_expired, async |db: &TestDb| {
    let wired = Wired::open(db, &[]).await;
    let message = wired.send().await;
    wired.world.pass(86_401);
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert_eq!(wired.status(&message).await, DeliveryStatus::Expired);
});

on_every_engine!(row_42_an_inner_address_is_never_called, async |db: &TestDb| {
    let url = "http://169.254.169.254/latest/meta-data".to_owned();
    let world = World::with(db, ConversationPolicy::Contact, Some(url)).await;
    world.hear("m1", "Hello").await;
    let message = world.say(world.conversation().await.id, "Hi").await.unwrap();
    let payload = json!({ "message_id": message.id, "queued_at": message.created_at });
    deliver(&world.engine, world.account, &payload).await.unwrap();
    let delivery = world.message(message.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Rejected);
    assert_eq!(delivery.code.as_deref(), Some("egress_blocked"));
});

on_every_engine!(messages_of_a_conversation_leave_one_after_the_other, async |db: &TestDb| {
    let wired = Wired::open(db, &[]).await;
    let first = wired.send().await;
    wired.send().await;
    let now = wired.world.now();
    let until = wired.world.clock_in(60);
    let claimed = wired.world.engine.store.write(Scope::System, move |tx| {
        let first = jobs::claim(tx, "lease-1", now, until, &[])?;
        Ok::<_, Error>((first, jobs::claim(tx, "lease-2", now, until, &[])?))
    });
    let (claimed, next) = claimed.await.unwrap();
    let claimed = claimed.unwrap();
    assert_eq!(claimed.lane, Some(format!("conversation:{}", first.conversation_id)));
    assert_eq!(claimed.payload["message_id"], first.id.0);
    assert_eq!(next, None, "the second message waits for the first");
});
