//! A fresh, migrated database for one test, gone when the test ends.
//!
//! PostgreSQL databases are copied from a template that is migrated once per schema text, so a test
//! does not pay for the migrations.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};
use tempfile::TempDir;
use tertulia_store::{Store, StoreConfig, schema_fingerprint};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestEngine {
    Sqlite,
    Postgres,
}

/// A database of one test.
pub struct TestDb {
    pub store: Store,
    pub config: StoreConfig,
    pub engine: TestEngine,
    dir: TempDir,
    /// Removes the database when the test ends.
    _dropper: Option<Dropper>,
}

/// Removes the database of a test from the server.
struct Dropper {
    server: String,
    name: String,
}

/// The engines that tests can use here.
#[must_use]
pub fn engines() -> Vec<TestEngine> {
    let mut engines = vec![TestEngine::Sqlite];
    if server_url().is_some() {
        engines.push(TestEngine::Postgres);
    }
    engines
}

impl TestDb {
    /// A fresh database on the engine.
    #[must_use]
    pub fn open(engine: TestEngine) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let (config, dropper) = match engine {
            TestEngine::Sqlite => {
                let path = dir.path().join("tertulia.db");
                (StoreConfig::Sqlite { path, readers: 2 }, None)
            }
            TestEngine::Postgres => {
                let (url, dropper) = create();
                (StoreConfig::Postgres { url, connections: 8 }, Some(dropper))
            }
        };
        let store = Store::open(&config).expect("the test's database");
        Self { store, config, engine, dir, _dropper: dropper }
    }

    /// A fresh SQLite database.
    #[must_use]
    pub fn sqlite() -> Self {
        Self::open(TestEngine::Sqlite)
    }

    /// A folder of the test's own.
    #[must_use]
    pub fn dir(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// Another node on the same database.
    #[must_use]
    pub fn another_node(&self) -> Store {
        Store::open(&self.config).expect("a second handle on the test's database")
    }
}

impl Drop for Dropper {
    fn drop(&mut self) {
        if let Ok(mut client) = Client::connect(&self.server, NoTls) {
            let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            // A database that stays behind is a nuisance, not a failure of the test.
            drop(client.batch_execute(&sql));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test server's address is the tests' only setting"
)]
fn server_url() -> Option<String> {
    std::env::var("TERTULIA_TEST_PG_URL").ok().filter(|url| !url.is_empty())
}

fn create() -> (String, Dropper) {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let server = server_url().expect("TERTULIA_TEST_PG_URL");
    let number = COUNTER.fetch_add(1, Ordering::SeqCst);
    let name = format!("tertulia_test_{}_{number}", std::process::id());
    let template = format!("tertulia_template_{:016x}", schema_fingerprint());
    let mut client = Client::connect(&server, NoTls).expect("the test server");
    // One process makes the template, the others wait for it.
    client.batch_execute("SELECT pg_advisory_lock(7358013)").expect("the template's lock");
    let exists = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&template])
        .expect("the list of databases")
        .is_some();
    if !exists {
        client.batch_execute(&format!("CREATE DATABASE {template}")).expect("the template");
        let config =
            StoreConfig::Postgres { url: with_database(&server, &template), connections: 1 };
        tertulia_store::migrate(&config).expect("the template's schema");
    }
    client
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .expect("the test's database");
    client.batch_execute("SELECT pg_advisory_unlock(7358013)").expect("the template's lock");
    (with_database(&server, &name), Dropper { server, name })
}

fn with_database(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("a server address that ends in a database");
    format!("{base}/{database}")
}
