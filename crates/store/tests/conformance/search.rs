//! Full-text search finds the same on both engines, and only the account's own.

use tertulia_domain::{AccountId, ContactId};
use tertulia_store::{Error, Scope, Store, params, search};
use tertulia_testkit::{TestDb, on_every_engine};

use super::{account, now};

on_every_engine!(contacts_are_found_by_the_beginnings_of_their_words, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (ours, theirs) = (account(&store).await, account(&store).await);
        let anna = contact(&store, ours, "Анна Ёлкина anna@example.com +7 912 000").await;
        let joao = contact(&store, ours, "João Não joao@example.com").await;
        let han = contact(&store, ours, "日本語テスト").await;
        contact(&store, theirs, "Anna Foreign anna@example.com").await;
        for (query, expected) in [
            ("anna", vec![anna]),
            ("АНН елк", vec![anna]),
            ("example", vec![joao, anna]),
            ("joão", vec![joao]),
            ("nao joao", vec![joao]),
            ("本語", vec![han]),
            ("anna joao", vec![]),
            ("foreign", vec![]),
            ("\"' OR 1=1 -- ()*:&|!", vec![]),
            ("   ", vec![]),
        ] {
            assert_eq!(find(&store, ours, query).await, expected, "{query}");
        }
    }
});

on_every_engine!(a_changed_text_is_found_by_its_new_words_only, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let account = account(&store).await;
        let id = contact(&store, account, "before").await;
        change(&store, account, id, "name = 'after'").await;
        assert_eq!(find(&store, account, "before").await, []);
        assert_eq!(find(&store, account, "after").await, [id]);
        change(&store, account, id, "erased_at = 1").await;
        assert_eq!(find(&store, account, "after").await, []);
    }
});

async fn contact(store: &Store, account: AccountId, text: &'static str) -> ContactId {
    let id = store
        .write::<ContactId, Error, _>(Scope::Account(account), move |tx| {
            tx.one(
                "INSERT INTO contacts (account_id, name, created_at, updated_at) \
                 VALUES ($1, $2, $3, $3) RETURNING id",
                params![account, text, now()],
                |row| row.take(),
            )
        })
        .await
        .unwrap();
    refresh(store, account, id).await;
    id
}

async fn change(store: &Store, account: AccountId, contact: ContactId, what: &'static str) {
    store
        .write::<_, Error, _>(Scope::Account(account), move |tx| {
            let sql = format!("UPDATE contacts SET {what} WHERE account_id = $1 AND id = $2");
            tx.execute(&sql, params![account, contact])
        })
        .await
        .unwrap();
    refresh(store, account, contact).await;
}

async fn refresh(store: &Store, account: AccountId, contact: ContactId) {
    store
        .write::<_, Error, _>(Scope::Account(account), move |tx| {
            search::refresh_contacts(tx, account, &[contact])
        })
        .await
        .unwrap();
}

async fn find(store: &Store, account: AccountId, query: &'static str) -> Vec<ContactId> {
    store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            search::contacts(tx, account, query, None, 10)
        })
        .await
        .unwrap()
}
