//! Files in an S3-compatible store: the real binary with its real settings, against a server that checks
//! signatures.

mod store;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{Answer, Client};
use crate::command_line::refused;
use crate::process::{Server, run};
use store::{Bucket, KEEPER_ID, SECRET};

/// How long background work may take here; an erasure that failed is tried again after a second or two.
const DEADLINE: Duration = Duration::from_secs(30);

/// An account with a website, a visitor, and what the visitor has sent.
struct Desk {
    staff: Client,
    visitor: Client,
    nobody: Client,
}

impl Desk {
    async fn open(server: &mut Server) -> Self {
        let staff = Client::set_up(server).await;
        let inbox = staff.post("/v1/inboxes", &json!({"name": "site", "channel": "widget"})).await;
        let key = inbox.json()["settings"]["key"].as_str().unwrap().to_owned();
        let nobody = Client::new(&server.base);
        let begun = nobody.post(&format!("/widget/v1/{key}/visitors"), &json!({})).await.json();
        let visitor = nobody.with_token(begun["token"].as_str().unwrap());
        Self { staff, visitor, nobody }
    }

    /// The same people at a server that was started anew.
    fn moved(&self, server: &Server) -> Self {
        let [staff, visitor, nobody] =
            [&self.staff, &self.visitor, &self.nobody].map(|client| client.moved(&server.base));
        Self { staff, visitor, nobody }
    }

    async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        self.visitor.upload("/widget/v1/attachments", name, bytes).await
    }

    /// Sends a file as a visitor does; the file as its message has it.
    async fn send(&self, name: &str, bytes: &[u8]) -> Value {
        let uploaded = self.upload(name, bytes).await;
        assert_eq!(uploaded.status, 201, "{}", uploaded.json());
        let content = json!({"type": "text", "text": "look"});
        let tokens = [uploaded.json()["token"].clone()];
        let body = json!({"client_id": name, "content": content, "attachments": tokens});
        let sent = self.visitor.post("/widget/v1/messages", &body).await;
        assert_eq!(sent.status, 201, "{}", sent.json());
        sent.json()["attachments"][0].clone()
    }

    async fn file(&self, view: &Value, address: &str) -> Answer {
        self.nobody.get(view[address].as_str().unwrap()).await
    }

    async fn erase_the_visitor(&self) {
        let contacts = self.staff.get("/v1/contacts").await.json();
        let path = format!("/v1/contacts/{}/erase", contacts["items"][0]["id"]);
        assert_eq!(self.staff.post(&path, &json!({})).await.status, 202);
    }
}

/// A PNG that does not compress to nothing.
fn picture() -> Vec<u8> {
    let shade = |x: u32, y: u32| image::Rgb([x, y, x ^ y].map(|n| u8::try_from(n % 256).unwrap()));
    let picture = image::RgbImage::from_fn(1_200, 900, shade);
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Waits until the bucket is so.
#[track_caller]
fn wait_for(bucket: &Bucket, is_so: impl Fn(&BTreeMap<String, Vec<u8>>) -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so(&bucket.objects()) {
        let keys: Vec<String> = bucket.objects().into_keys().collect();
        assert!(Instant::now() < deadline, "the bucket still has {keys:?}");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

#[track_caller]
fn says_no_secret(server: &Server) {
    let leaked: Vec<String> =
        server.said().into_iter().filter(|line| line.contains(SECRET)).collect();
    assert!(leaked.is_empty(), "{leaked:#?}");
}

#[test]
fn a_file_goes_into_the_bucket_comes_out_whole_and_goes_with_its_person() {
    let (bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    let mut server = bucket.serve(data.path(), SECRET);
    tertulia_testkit::runtime().block_on(async {
        let desk = Desk::open(&mut server).await;
        let picture = picture();
        let view = desk.send("photo.png", &picture).await;
        let file = desk.file(&view, "url").await;
        assert_eq!((file.status.as_u16(), file.bytes == picture), (200, true));
        assert_eq!(file.header("content-type"), "image/png");
        assert_eq!(file.header("content-length"), picture.len().to_string());
        assert!(file.header("content-disposition").starts_with("inline"));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        let small = desk.file(&view, "thumbnail_url").await;
        assert_eq!((small.status.as_u16(), small.header("content-type")), (200, "image/jpeg"));
        assert!(image::load_from_memory(&small.bytes).unwrap().width() <= 640);
        let url = view["url"].as_str().unwrap();
        let part = desk.nobody.with("range", "bytes=100-199").get(url).await;
        assert_eq!((part.status.as_u16(), &part.bytes[..]), (206, &picture[100..200]));
        let kept: Vec<Vec<u8>> = bucket.objects().into_values().collect();
        assert!(kept.len() == 2 && kept.contains(&picture) && kept.contains(&small.bytes));
        assert!(!data.path().join("files").exists(), "files are beside the bucket, too");
        desk.erase_the_visitor().await;
        wait_for(&bucket, BTreeMap::is_empty);
        desk.file(&view, "url").await.is(404, "not_found");
    });
    assert!(server.terminate().success());
    says_no_secret(&server);
}

#[test]
fn a_bucket_that_is_away_is_waited_for_and_nothing_is_forgotten() {
    let (mut bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    let mut server = bucket.serve(data.path(), SECRET);
    tertulia_testkit::runtime().block_on(async {
        let desk = Desk::open(&mut server).await;
        let picture = picture();
        let view = desk.send("photo.png", &picture).await;
        bucket.go_away();
        desk.upload("late.png", &picture).await.is(503, "unavailable");
        desk.file(&view, "url").await.is(503, "unavailable");
        let words = json!({"client_id": "w", "content": {"type": "text", "text": "still here"}});
        assert_eq!(desk.visitor.post("/widget/v1/messages", &words).await.status, 201);
        bucket.come_back();
        assert_eq!(desk.file(&view, "url").await.bytes, picture);
        desk.send("late.txt", b"better late").await;
        assert_eq!(bucket.objects().len(), 3);
        // A person who is erased meanwhile must not stay in the bucket for ever.
        bucket.go_away();
        desk.erase_the_visitor().await;
        server.hear("a job will be tried again kind=\"contact.erase\"");
        bucket.come_back();
        wait_for(&bucket, BTreeMap::is_empty);
    });
    assert!(server.terminate().success());
    says_no_secret(&server);
}

#[test]
fn a_wrong_secret_is_refused_by_the_bucket_and_loses_nothing() {
    let (bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    let mut server = bucket.serve(data.path(), SECRET);
    tertulia_testkit::runtime().block_on(async {
        let desk = Desk::open(&mut server).await;
        let view = desk.send("first.txt", b"the first").await;
        assert!(server.terminate().success());
        let mut mistaken = bucket.serve(data.path(), "mistaken/for+the/right-one");
        let there = desk.moved(&mistaken);
        there.upload("second.txt", b"the second").await.is(503, "unavailable");
        there.file(&view, "url").await.is(503, "unavailable");
        mistaken.hear("403");
        assert!(mistaken.terminate().success());
        let said = mistaken.said();
        assert!(!said.iter().any(|line| line.contains("mistaken/for+the")), "{said:#?}");
        let mut right = bucket.serve(data.path(), SECRET);
        let there = desk.moved(&right);
        assert_eq!(there.file(&view, "url").await.bytes, b"the first");
        assert_eq!(there.send("second.txt", b"the second").await["size_bytes"], 10);
        assert!(right.terminate().success());
    });
    assert_eq!(bucket.objects().len(), 2);
}

#[test]
fn the_doctor_says_what_is_wrong_with_the_bucket() {
    let (mut bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    let doctor = |bucket: &Bucket, name: &str, value: Option<&str>| {
        let mut command = bucket.command(data.path(), &["doctor"]);
        if let Some(value) = value {
            command.env(format!("TERTULIA_FILES__{name}"), value);
        }
        let ran = run(&mut command);
        assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{ran:?}");
        let line = ran.out.lines().find(|line| line.contains("files: ")).map(str::to_owned);
        (ran.code, line.unwrap_or_default())
    };
    let (code, line) = doctor(&bucket, "", None);
    assert!(code == Some(0) && line.contains("can be written, read and emptied"), "{line}");
    assert_eq!(bucket.objects(), BTreeMap::new(), "the probe stays behind");
    for (name, value, words) in [
        ("SECRET_ACCESS_KEY", "wrong", "does not let this key write files"),
        ("BUCKET", "elsewhere", "is not there; make it"),
        ("ACCESS_KEY_ID", KEEPER_ID, "does not let this key delete files"),
    ] {
        let (code, line) = doctor(&bucket, name, Some(value));
        assert!(code == Some(69) && line.contains(words), "{line}");
    }
    bucket.go_away();
    let (code, line) = doctor(&bucket, "", None);
    assert!(code == Some(69) && line.contains("cannot be reached"), "{line}");
}

#[test]
fn settings_that_cannot_reach_a_bucket_are_refused_at_the_start() {
    let (bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    for (name, value, words) in [
        ("SECRET_ACCESS_KEY", "", "files.secret_access_key"),
        ("ACCESS_KEY_ID", "", "files.access_key_id"),
        ("ENDPOINT", "s3.example.com", "http://"),
    ] {
        let mut command = bucket.command(data.path(), &["serve"]);
        command.env(format!("TERTULIA_FILES__{name}"), value);
        refused(&run(&mut command), 78, &[words]);
    }
}

#[test]
fn a_backup_says_that_the_bucket_is_not_in_it() {
    let (bucket, data) = (Bucket::open(), tempfile::tempdir().unwrap());
    let mut server = bucket.serve(data.path(), SECRET);
    tertulia_testkit::runtime().block_on(async {
        let desk = Desk::open(&mut server).await;
        let view = desk.send("letter.txt", b"dear all").await;
        let (backup, other) = (data.path().join("backup"), data.path().join("other"));
        let made = run(&mut bucket.command(data.path(), &["backup", backup.to_str().unwrap()]));
        assert_eq!(made.code, Some(0), "{made:?}");
        assert!(made.err.contains("in the bucket and are not in this backup"), "{made:?}");
        assert!(!backup.join("files").exists());
        // Beside its bucket, the restored database is whole.
        let restored = run(&mut bucket.command(&other, &["restore", backup.to_str().unwrap()]));
        assert_eq!(restored.code, Some(0), "{restored:?}");
        let mut second = bucket.serve(&other, SECRET);
        assert_eq!(desk.moved(&second).file(&view, "url").await.bytes, b"dear all");
        assert!(second.terminate().success());
    });
    assert!(server.terminate().success());
}
