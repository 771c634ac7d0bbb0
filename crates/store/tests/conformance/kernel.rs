//! Transactions: durable when answered, undone when refused, repeated on contention, bounded by account.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tertulia_domain::AccountId;
use tertulia_store::{Error, Fault, FaultPlan, HINT_BYTES_MAX, Scope, StoreConfig, params};
use tertulia_testkit::{TestDb, on_every_engine};

use super::{account, now};

on_every_engine!(a_refused_closure_leaves_nothing_behind, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let refused = store
            .write::<(), Error, _>(Scope::System, |tx| {
                insert(tx, "gone")?;
                Err(Error::Contention)
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(names(&store).await, Vec::<String>::new());
    }
});

on_every_engine!(closures_of_one_group_stand_or_fall_alone, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let writes = (0..50).map(|i| {
            let store = store.clone();
            async move {
                store
                    .write::<(), Error, _>(Scope::System, move |tx| {
                        insert(tx, &format!("{i:02}"))?;
                        if i % 2 == 1 {
                            return Err(Error::Refused { reason: "odd".to_owned() });
                        }
                        Ok(())
                    })
                    .await
            }
        });
        let results = futures_util::future::join_all(writes).await;
        let failed = results.iter().filter(|r| r.is_err()).count();
        assert_eq!(failed, 25);
        let expected: Vec<String> = (0..50).step_by(2).map(|i| format!("{i:02}")).collect();
        assert_eq!(names(&store).await, expected);
    }
});

on_every_engine!(a_panic_is_the_closures_own_failure, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let panicked = store
            .write::<(), Error, _>(Scope::System, |tx| {
                insert(tx, "gone")?;
                panic!("a mistake");
            })
            .await;
        assert!(matches!(panicked, Err(Error::Refused { .. })), "{panicked:?}");
        store.write::<(), Error, _>(Scope::System, |tx| insert(tx, "kept")).await.unwrap();
        assert_eq!(names(&store).await, ["kept"]);
    }
});

on_every_engine!(contention_is_repeated_until_it_passes, |db: &TestDb| {
    let store = db.store.clone();
    let is_postgres = db.engine == tertulia_testkit::TestEngine::Postgres;
    async move {
        if !is_postgres {
            // One writer cannot meet another.
            return;
        }
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        store
            .write::<(), Error, _>(Scope::System, move |tx| {
                insert(tx, "once")?;
                if counted.fetch_add(1, Ordering::SeqCst) < 3 {
                    return Err(Error::Contention);
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 4);
        assert_eq!(names(&store).await, ["once"]);
    }
});

on_every_engine!(values_of_every_kind_come_back_as_they_went, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let text = "日本語 👩‍👧 \u{202E}x'; DROP TABLE users; --";
        let json = serde_json::json!({"a": [1, null, "é"], "big": 9_007_199_254_740_993_i64});
        let value = json.clone();
        let account = account(&store).await;
        let (bytes, back, is) = store
            .write::<_, Error, _>(Scope::Account(account), move |tx| {
                tx.execute(
                    "INSERT INTO quarantine (account_id, inbox_id, reason, body, received_at) \
                     VALUES ($1, $2, $3, $4, $5)",
                    params![account, i64::MAX, text, vec![0_u8, 255, 7], now()],
                )?;
                tx.one(
                    "SELECT body, reason, inbox_id = $2 FROM quarantine WHERE account_id = $1",
                    params![account, i64::MAX],
                    |row| Ok((row.take::<Vec<u8>>()?, row.take::<String>()?, row.take::<bool>()?)),
                )
            })
            .await
            .unwrap();
        assert_eq!((bytes, back.as_str(), is), (vec![0, 255, 7], text, true));
        let stored = store
            .write::<_, Error, _>(Scope::System, move |tx| {
                tx.one(
                    "INSERT INTO users (email, name, locale, recovery_hashes, created_at) \
                     VALUES ('a', 'A', 'en', $1, $2) RETURNING recovery_hashes",
                    params![value, now()],
                    |row| row.take::<serde_json::Value>(),
                )
            })
            .await
            .unwrap();
        assert_eq!(stored, json);
    }
});

on_every_engine!(another_accounts_rows_are_out_of_reach, |db: &TestDb| {
    let store = db.store.clone();
    let is_postgres = db.engine == tertulia_testkit::TestEngine::Postgres;
    async move {
        let (ours, theirs) = (account(&store).await, account(&store).await);
        let insert = |owner: AccountId, scope: AccountId| {
            store.write::<u64, Error, _>(Scope::Account(scope), move |tx| {
                tx.execute(
                    "INSERT INTO teams (account_id, name, description) VALUES ($1, 'T', '')",
                    params![owner],
                )
            })
        };
        insert(ours, ours).await.unwrap();
        let count = |scope: AccountId| {
            store.read::<i64, Error, _>(Scope::Account(scope), move |tx| {
                // Names both accounts, as a mistaken query would.
                tx.one(
                    "SELECT count(*) FROM teams WHERE account_id IN ($1, $2)",
                    params![ours, theirs],
                    |row| row.take(),
                )
            })
        };
        assert_eq!(count(ours).await.unwrap(), 1);
        if is_postgres {
            assert_eq!(count(theirs).await.unwrap(), 0, "row-level security hides the row");
            assert!(insert(ours, theirs).await.is_err(), "row-level security refuses the row");
        }
    }
});

#[test]
fn a_wall_that_was_taken_down_stands_again_after_the_next_start() {
    if !tertulia_testkit::engines().contains(&tertulia_testkit::TestEngine::Postgres) {
        return;
    }
    let db = TestDb::open(tertulia_testkit::TestEngine::Postgres);
    let StoreConfig::Postgres { url, .. } = &db.config else { panic!("not PostgreSQL") };
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let mut without_wall = |sql: &str| -> i64 {
        client.batch_execute(sql).unwrap();
        let down = "SELECT count(*) FROM pg_class c WHERE relname IN ('messages', 'rooms', 'teams') \
                    AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity \
                    AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid))";
        client.query_one(down, &[]).unwrap().get(0)
    };
    let down = "ALTER TABLE messages NO FORCE ROW LEVEL SECURITY; \
                ALTER TABLE rooms DISABLE ROW LEVEL SECURITY; \
                DROP POLICY tertulia_account ON teams";
    assert_eq!(without_wall(down), 3);
    tertulia_store::migrate(&db.config).unwrap();
    assert_eq!(without_wall("SELECT 1"), 0);
}

on_every_engine!(a_statement_that_forgets_the_account_is_refused, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let refused = store
            .read::<i64, Error, _>(Scope::System, |tx| {
                tx.one("SELECT count(*) FROM messages", &[], |row| row.take())
            })
            .await;
        assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
    }
});

on_every_engine!(planned_faults_keep_all_or_nothing, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        for (fault, kept) in [(Fault::BeforeCommit, 0), (Fault::AfterCommit, 1)] {
            let failing = store.with_faults(Arc::new(Always(fault)));
            let key = format!("{fault:?}");
            let write = failing.write::<(), Error, _>(Scope::System, move |tx| insert(tx, &key));
            assert!(matches!(write.await, Err(Error::Unavailable { .. })));
            assert_eq!(names(&store).await.len(), kept, "{fault:?}");
        }
    }
});

struct Always(Fault);

impl FaultPlan for Always {
    fn next(&self) -> Option<Fault> {
        Some(self.0)
    }
}

fn insert(tx: &mut tertulia_store::WriteTx<'_>, key: &str) -> Result<(), Error> {
    tx.execute("INSERT INTO meta (key, value) VALUES ($1, '')", params![key]).map(drop)
}

async fn names(store: &tertulia_store::Store) -> Vec<String> {
    store
        .read::<_, Error, _>(Scope::System, |tx| {
            tx.all("SELECT key FROM meta ORDER BY key", &[], |row| row.take())
        })
        .await
        .unwrap()
}

/// A hint that is surely lost: it is longer than PostgreSQL carries.
const TOO_LONG: usize = HINT_BYTES_MAX + 1;

on_every_engine!(other_nodes_hear_hints_in_order_and_never_their_own, |db: &TestDb| {
    let (here, there) = (db.store.clone(), db.another_node());
    async move {
        let (Some(mut own), Some(mut heard)) = (here.hints(), there.hints()) else {
            here.tell_others("nobody hears it".to_owned());
            return;
        };
        // The listener needs its time to begin.
        let soon = std::time::Duration::from_millis(100);
        let mut hello = tokio::time::timeout(soon, heard.recv()).await;
        while hello.is_err() {
            here.tell_others("hello".to_owned());
            hello = tokio::time::timeout(soon, heard.recv()).await;
        }
        let node = hello.unwrap().unwrap().node;
        here.tell_others("x".repeat(TOO_LONG));
        here.tell_others("two\nlines".to_owned());
        let long = |n: usize| format!("{n:0>HINT_BYTES_MAX$}");
        let told: Vec<String> =
            (0..20).map(|n| if n % 2 == 0 { long(n) } else { n.to_string() }).collect();
        told.iter().for_each(|hint| here.tell_others(hint.clone()));
        let mut got = Vec::new();
        while got.len() < told.len() {
            let hint = heard.recv().await.unwrap();
            assert_eq!(hint.node, node);
            if hint.text != "hello" {
                got.push(hint.text);
            }
        }
        assert!(got == told, "other hints, or another order");
        there.tell_others("back".to_owned());
        let back = own.recv().await.unwrap();
        assert_eq!(back.text, "back");
        assert_ne!(back.node, node);
        assert!(own.try_recv().is_err(), "its own hints came back");
    }
});
