//! What tests share: a database per test on either engine, a clock that is moved by hand, seeded entropy.
//!
//! SQLite databases are always there; PostgreSQL ones when `TERTULIA_TEST_PG_URL` names a server on
//! which the role may create databases.

#![expect(clippy::expect_used, reason = "a test that cannot set itself up should stop there")]

mod clock;
mod database;
mod entropy;

pub use clock::ManualClock;
pub use database::{TestDb, TestEngine, engines};
pub use entropy::SeededEntropy;

/// Runs one async test body on every engine that is there: `on_every_engine!(name, |db| async { … })`.
#[macro_export]
macro_rules! on_every_engine {
    ($(#[$meta:meta])* $name:ident, $body:expr) => {
        #[test]
        $(#[$meta])*
        fn $name() {
            for engine in $crate::engines() {
                let runtime = $crate::runtime();
                let db = $crate::TestDb::open(engine);
                runtime.block_on(($body)(&db));
            }
        }
    };
}

/// A runtime with a few threads, as the server has.
#[must_use]
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
}
