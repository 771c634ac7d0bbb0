//! The real binary on PostgreSQL: it serves, works, and its commands stand beside it.

use reqwest::Method;
use serde_json::json;
use tertulia_store::StoreConfig;
use tertulia_testkit::{TestDb, TestEngine, engines};

use crate::app::Client;
use crate::process::{Server, on_postgres, run};

#[test]
fn the_binary_serves_from_postgres() {
    if !engines().contains(&TestEngine::Postgres) {
        return;
    }
    let db = TestDb::open(TestEngine::Postgres);
    let StoreConfig::Postgres { url, .. } = &db.config else { panic!("not PostgreSQL") };
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start_with(on_postgres(dir.path(), &["serve"], url));
    tertulia_testkit::runtime().block_on(async {
        let client = Client::set_up(&mut server).await;
        let label = json!({"name": "vip", "color": "#112233", "description": ""});
        assert_eq!(client.post("/v1/labels", &label).await.status, 201);
        let ready = client.send(Method::GET, "/readyz", None, Vec::new()).await;
        assert_eq!(ready.status, 204);
    });
    let listed = run(&mut on_postgres(dir.path(), &["user", "list"], url));
    assert!(listed.out.contains("ann@north.example"), "{listed:?}");
    let looked = run(&mut on_postgres(dir.path(), &["doctor"], url));
    assert!(looked.out.contains("PostgreSQL"), "{looked:?}");
    assert!(server.terminate().success());
    // A second start finds the schema and the people.
    let mut server = Server::start_with(on_postgres(dir.path(), &["serve"], url));
    assert!(server.terminate().success());
}
