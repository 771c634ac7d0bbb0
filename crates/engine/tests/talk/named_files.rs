//! Files that a message of the channel only names, from a server that answers as a test asks.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use futures_util::TryStreamExt;
use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::attachment::{Attachment, AttachmentState};
use tertulia_engine::attachments::{FETCH, Fetched, fetch, open};
use tertulia_store::{Scope, jobs};
use tertulia_testkit::{TestDb, on_every_engine};

use super::delivery::{client_for, read_request};
use super::world::World;

const PDF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\nconnection: close\r\n\r\n%PDF-1.7";
const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const LOST: &str = "HTTP/1.1 404 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BUSY: &str =
    "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const MOVED: &str = "HTTP/1.1 302 Found\r\nlocation: /elsewhere?key=1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

struct Named {
    world: World,
    message: MessageId,
    job: Value,
}

impl Named {
    /// A customer's message that names `/a/bill.pdf` on a server with these answers.
    async fn open(db: &TestDb, answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                read_request(&mut stream);
                drop(stream.write_all(answer.as_bytes()));
            }
        });
        let mut world = World::open(db).await;
        world.engine.http = client_for(address);
        Self::tell(world, &format!("http://{address}/a/bill.pdf?x=1")).await
    }

    async fn tell(world: World, url: &str) -> Self {
        let answer = world.tell(event(url)).await;
        let message = answer.message_id.unwrap_or_else(|| panic!("{answer:?}"));
        let (now, until) = (world.now(), world.clock_in(60));
        let claim = world
            .engine
            .store
            .write(Scope::System, move |tx| jobs::claim(tx, "lease", now, until, &[]));
        let job = claim.await.unwrap().unwrap();
        assert_eq!(job.kind, FETCH);
        Self { world, message, job: job.payload }
    }

    async fn fetch(&self) -> Fetched {
        fetch(&self.world.engine, self.world.account, &self.job).await.unwrap()
    }

    async fn file(&self) -> Attachment {
        self.world.message(self.message).await.attachments.remove(0)
    }

    /// Fetches once, which must be enough to know that there will be no file.
    async fn fails(&self, problem: &str) {
        assert_eq!(self.fetch().await, Fetched::Settled);
        let file = self.file().await;
        assert_eq!(file.state, AttachmentState::Failed);
        assert!(file.problem.as_deref().unwrap().contains(problem), "{file:?}");
        assert_eq!(self.world.events().await.last().unwrap(), "message.updated");
    }
}

fn event(url: &str) -> Value {
    json!({
        "type": "message", "id": "m1", "contact": {"id": "customer-7"},
        "content": {"type": "file", "text": "The bill"}, "attachments": [{"url": url}],
    })
}

on_every_engine!(a_named_file_has_its_place_at_once_and_its_bytes_later, async |db: &TestDb| {
    let named = Named::open(db, &[MOVED, PDF]).await;
    let engine = &named.world.engine;
    let place = named.file().await;
    assert_eq!(place.state, AttachmentState::Fetching);
    assert_eq!(place.name, "bill.pdf");
    assert!(open(engine, &place.token, false).await.is_err(), "nothing to serve yet");
    assert_eq!(named.fetch().await, Fetched::Settled);
    let file = named.file().await;
    assert_eq!((file.id, file.state, file.size_bytes), (place.id, AttachmentState::Ready, 8));
    assert_eq!(file.content_type, "application/pdf");
    assert_eq!(named.world.events().await.last().unwrap(), "message.updated");
    let opened = open(engine, &place.token, false).await.unwrap();
    let bytes: Vec<_> = opened.read(engine, None).await.unwrap().try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"%PDF-1.7");
    // The job runs at least once, and the channel tells everything at least once.
    assert_eq!(named.fetch().await, Fetched::Settled);
    named.world.tell(event("http://127.0.0.1/other")).await;
    assert_eq!(named.world.message(named.message).await.attachments, [file]);
});

on_every_engine!(a_file_that_will_never_be_there_says_why, async |db: &TestDb| {
    Named::open(db, &[LOST]).await.fails("HTTP 404").await;
});

on_every_engine!(an_empty_file_is_none, async |db: &TestDb| {
    Named::open(db, &[EMPTY]).await.fails("empty").await;
});

on_every_engine!(a_circle_of_redirects_is_left, async |db: &TestDb| {
    Named::open(db, &[MOVED; 6]).await.fails("redirected").await;
});

on_every_engine!(a_file_that_is_too_large_is_not_read_to_its_end, async |db: &TestDb| {
    let mut named = Named::open(db, &[PDF]).await;
    let mut settings = (*named.world.engine.settings).clone();
    settings.uploads.bytes_max = 7;
    named.world.engine.settings = Arc::new(settings);
    named.fails("longer than 7 bytes").await;
});

on_every_engine!(row_42_a_named_file_in_the_inner_network_is_never_fetched, async |db: &TestDb| {
    let world = World::with(db, ConversationPolicy::Contact, None).await;
    let named = Named::tell(world, "http://169.254.169.254/latest/meta-data").await;
    named.fails("not called").await;
});

on_every_engine!(a_busy_server_is_asked_again_for_an_hour, async |db: &TestDb| {
    let named = Named::open(db, &[BUSY, BUSY]).await;
    let Fetched::Again { after, .. } = named.fetch().await else { panic!("settled") };
    assert_eq!(after.map(|after| after.as_secs()), Some(7));
    assert_eq!(named.file().await.state, AttachmentState::Fetching);
    named.world.pass(3_600);
    named.fails("not within 3600 s: HTTP 503").await;
});

on_every_engine!(a_message_that_was_taken_back_gets_no_file, async |db: &TestDb| {
    let named = Named::open(db, &[]).await;
    named.world.tell(json!({"type": "delete", "id": "d1", "message_id": "m1"})).await;
    let before = named.world.events().await;
    assert_eq!(named.fetch().await, Fetched::Settled);
    assert_eq!(named.world.message(named.message).await.attachments, []);
    assert_eq!(named.world.events().await, before);
});
