//! People, their ways in, and what is spent by the first who brings it.

use std::time::Duration;

use tertulia_domain::user::{OneTimePurpose, Role};
use tertulia_domain::{AccountId, TeamId, UserId};
use tertulia_store::credentials::NewUser;
use tertulia_store::one_time::Whom;
use tertulia_store::sessions::NewSession;
use tertulia_store::{
    Error, Scope, Store, WriteTx, credentials, one_time, sessions, teams, tokens, users,
};
use tertulia_testkit::{TestDb, on_every_engine};

use super::{account, now};

/// A person of the account.
pub(super) async fn person(store: &Store, account: AccountId, email: &str, role: Role) -> UserId {
    let email = email.to_owned();
    write(store, account, move |tx| {
        let new = NewUser {
            email: &email,
            name: "Ana",
            locale: "en",
            password_hash: Some("hash"),
            now: now(),
        };
        let user = credentials::create(tx, &new)?.unwrap();
        assert!(users::add(tx, account, user, role, now())?);
        Ok(user)
    })
    .await
}

pub(super) async fn write<T: Send + 'static>(
    store: &Store,
    account: AccountId,
    body: impl Fn(&mut WriteTx<'_>) -> Result<T, Error> + Send + 'static,
) -> T {
    store.write(Scope::Account(account), body).await.unwrap()
}

on_every_engine!(an_address_is_taken_once, async |db: &TestDb| {
    let account = account(&db.store).await;
    let user = person(&db.store, account, "ana@example.com", Role::Agent).await;
    write(&db.store, account, move |tx| {
        let again = NewUser {
            email: "ana@example.com",
            name: "Eve",
            locale: "en",
            password_hash: None,
            now: now(),
        };
        assert_eq!(credentials::create(tx, &again)?, None);
        assert!(!users::add(tx, account, user, Role::Administrator, now())?);
        assert_eq!(users::get(tx, account, user)?.unwrap().role, Role::Agent);
        Ok(())
    })
    .await;
});

on_every_engine!(a_link_is_spent_by_the_first_of_many, async |db: &TestDb| {
    let store = &db.store;
    let (purpose, whom) = (OneTimePurpose::PasswordReset, Whom { user_id: Some(UserId(7)) });
    let expires_at = now().plus(Duration::from_secs(60));
    let create = move |tx: &mut WriteTx<'_>| one_time::create(tx, "h", purpose, whom, expires_at);
    store.write::<_, Error, _>(Scope::System, create).await.unwrap();
    let spend = |_| {
        store
            .write::<_, Error, _>(Scope::System, move |tx| one_time::spend(tx, "h", purpose, now()))
    };
    let spent = futures_util::future::join_all((0..8).map(spend)).await;
    let spent: Vec<Whom> = spent.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(spent, [whom]);
});

on_every_engine!(a_link_has_its_purpose_and_its_time, async |db: &TestDb| {
    let account = account(&db.store).await;
    write(&db.store, account, |tx| {
        let (purpose, other) = (OneTimePurpose::Setup, OneTimePurpose::PasswordReset);
        let nobody = Whom { user_id: None };
        one_time::create(tx, "h", purpose, nobody, now())?;
        assert_eq!(one_time::find(tx, "h", purpose, now())?, None, "too late");
        one_time::create(tx, "i", purpose, nobody, now().plus(Duration::from_secs(1)))?;
        assert_eq!(one_time::spend(tx, "i", other, now())?, None, "for something else");
        assert_eq!(one_time::find(tx, "i", purpose, now())?, Some(nobody));
        one_time::revoke(tx, purpose, None, now())?;
        assert_eq!(one_time::spend(tx, "i", purpose, now())?, None, "revoked");
        assert_eq!(one_time::purge(tx, now())?, 1);
        Ok(())
    })
    .await;
});

on_every_engine!(codes_are_spent_once, async |db: &TestDb| {
    let account = account(&db.store).await;
    let user = person(&db.store, account, "ana@example.com", Role::Agent).await;
    write(&db.store, account, move |tx| {
        assert!(credentials::begin_totp(tx, user, "SECRET")?);
        credentials::enable_totp(tx, user, &["a".to_owned(), "b".to_owned()], now())?;
        assert!(!credentials::begin_totp(tx, user, "OTHER")?, "one is in force");
        assert!(credentials::spend_totp_step(tx, user, 5)?);
        assert!(!credentials::spend_totp_step(tx, user, 5)?);
        assert!(!credentials::spend_totp_step(tx, user, 4)?);
        assert!(credentials::spend_recovery(tx, user, "b")?);
        assert!(!credentials::spend_recovery(tx, user, "b")?);
        assert!(credentials::spend_recovery(tx, user, "a")?);
        credentials::disable_totp(tx, user)?;
        assert!(!credentials::get(tx, user)?.unwrap().totp_enabled);
        Ok(())
    })
    .await;
});

on_every_engine!(a_session_needs_a_member_who_may_come_in, async |db: &TestDb| {
    let account = account(&db.store).await;
    let user = person(&db.store, account, "ana@example.com", Role::Agent).await;
    let (store, system) = (&db.store, Scope::System);
    let found =
        async || store.read::<_, Error, _>(system, |tx| sessions::by_hash(tx, "h")).await.unwrap();
    let session = write(store, account, move |tx| {
        sessions::create(
            tx,
            &NewSession {
                token_hash: "h",
                user_id: user,
                account_id: account,
                user_agent: "",
                ip: "",
                now: now(),
                expires_at: now().plus(Duration::from_secs(60)),
            },
        )
    })
    .await;
    assert_eq!(found().await.unwrap().role, Role::Agent);
    write(store, account, move |tx| users::set_role(tx, account, user, Role::Agent, false)).await;
    assert_eq!(found().await, None);
    write(store, account, move |tx| users::set_role(tx, account, user, Role::Agent, true)).await;
    assert_eq!(found().await.unwrap().session.id, session);
    write(store, account, move |tx| users::remove(tx, account, user, now())).await;
    assert_eq!(found().await, None);
    let ended = write(store, account, move |tx| sessions::delete_others(tx, user, None)).await;
    assert_eq!(ended, [session]);
});

on_every_engine!(a_token_needs_its_maker, async |db: &TestDb| {
    let account = account(&db.store).await;
    let user = person(&db.store, account, "ana@example.com", Role::Supervisor).await;
    let store = &db.store;
    let id = write(store, account, move |tx| {
        let scopes = [tertulia_domain::access::Permission::ContactsRead];
        tokens::create(
            tx,
            account,
            &tokens::NewToken {
                name: "ci",
                created_by: user,
                token_hash: "h",
                scopes: &scopes,
                expires_at: None,
                now: now(),
            },
        )
    })
    .await;
    let found = async || {
        store.read::<_, Error, _>(Scope::System, |tx| tokens::by_hash(tx, "h")).await.unwrap()
    };
    let bearer = found().await.unwrap();
    assert_eq!((bearer.token.id, bearer.role, bearer.account_id), (id, Role::Supervisor, account));
    write(store, account, move |tx| users::set_role(tx, account, user, Role::Agent, false)).await;
    assert_eq!(found().await, None);
    write(store, account, move |tx| users::set_role(tx, account, user, Role::Agent, true)).await;
    assert!(write(store, account, move |tx| tokens::revoke(tx, account, id, now())).await);
    assert!(!write(store, account, move |tx| tokens::revoke(tx, account, id, now())).await);
    assert_eq!(found().await, None);
});

on_every_engine!(teams_have_members_of_the_account, async |db: &TestDb| {
    let account = account(&db.store).await;
    let user = person(&db.store, account, "ana@example.com", Role::Agent).await;
    write(&db.store, account, move |tx| {
        let team = teams::create(tx, account, "Night", "")?.unwrap();
        assert_eq!(teams::create(tx, account, "Night", "")?, None);
        teams::set_members(tx, account, team, &[user])?;
        assert_eq!(teams::get(tx, account, team)?.unwrap().member_ids, [user]);
        assert_eq!(users::get(tx, account, user)?.unwrap().team_ids, [team]);
        assert_eq!(users::list(tx, account, UserId(0), 9)?[0].team_ids, [team]);
        assert_eq!(teams::list(tx, account, TeamId(0), 9)?.len(), 1);
        assert!(teams::delete(tx, account, team)?);
        assert!(!teams::delete(tx, account, team)?);
        assert_eq!(users::get(tx, account, user)?.unwrap().team_ids, []);
        Ok(())
    })
    .await;
});

on_every_engine!(a_person_sees_and_ends_their_own_sessions, async |db: &TestDb| {
    let (account, elsewhere) = (account(&db.store).await, account(&db.store).await);
    let user = person(&db.store, account, "ana@example.com", Role::Agent).await;
    let other = person(&db.store, elsewhere, "bo@example.com", Role::Agent).await;
    let store = &db.store;
    let run = async |at_secs: u64, hash: &'static str, user: UserId| {
        let now = now().plus(Duration::from_secs(at_secs));
        let new = move |tx: &mut WriteTx<'_>| {
            let new = NewSession {
                token_hash: hash,
                user_id: user,
                account_id: account,
                user_agent: "Firefox",
                ip: "192.0.2.1",
                now,
                expires_at: now.plus(Duration::from_secs(60)),
            };
            sessions::create(tx, &new)
        };
        write(store, account, new).await
    };
    let (first, second, foreign) =
        (run(0, "a", user).await, run(5, "b", user).await, run(5, "c", other).await);
    write(store, account, move |tx| {
        let mine = sessions::of_user(tx, user)?;
        assert_eq!(mine.iter().map(|it| it.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!((mine[0].user_agent.as_str(), mine[0].ip.as_str()), ("Firefox", "192.0.2.1"));
        assert!(!sessions::delete(tx, user, foreign)?, "somebody else's");
        sessions::touch(tx, first, now().plus(Duration::from_secs(9)))?;
        sessions::touch(tx, first, now().plus(Duration::from_secs(7)))?;
        let touched = sessions::get(tx, first)?.unwrap().session;
        assert_eq!(touched.last_seen_at, now().plus(Duration::from_secs(9)), "only forward");
        assert_eq!(sessions::get(tx, foreign)?, None, "no member of the account");
        sessions::switch(tx, first, account, "a2")?;
        assert_eq!(sessions::by_hash(tx, "a")?, None, "the old secret is spent");
        assert_eq!(sessions::by_hash(tx, "a2")?.unwrap().session.id, first);
        assert_eq!(sessions::delete_in_account(tx, elsewhere, user)?, []);
        let idle_since = now().plus(Duration::from_secs(5));
        assert_eq!(sessions::purge(tx, now(), idle_since)?, 2, "who was not seen since then");
        assert_eq!(sessions::delete_in_account(tx, account, user)?, [first]);
        Ok(())
    })
    .await;
});

on_every_engine!(tokens_are_listed_in_order_and_only_to_their_account, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    let user = person(&db.store, ours, "ana@example.com", Role::Supervisor).await;
    super::scene::run(&db.store, move |tx| {
        let scopes = [tertulia_domain::access::Permission::ContactsRead];
        let expires_at = Some(now().plus(Duration::from_secs(60)));
        let mut made = Vec::new();
        for token_hash in ["a", "b", "c"] {
            let (name, scopes) = ("ci", scopes.as_slice());
            let new = tokens::NewToken {
                name,
                created_by: user,
                token_hash,
                scopes,
                expires_at,
                now: now(),
            };
            made.push(tokens::create(tx, ours, &new)?);
        }
        let listed = |tx: &mut WriteTx<'_>, account, after, limit| {
            let found = tokens::list(tx, account, after, limit)?;
            Ok::<_, Error>(found.iter().map(|it| it.id).collect::<Vec<_>>())
        };
        let start = tertulia_domain::TokenId(0);
        assert_eq!(listed(tx, ours, start, 2)?, made[..2]);
        assert_eq!(listed(tx, ours, made[0], 9)?, made[1..]);
        assert_eq!(listed(tx, theirs, start, 9)?, []);
        let before = tokens::get(tx, ours, made[0])?.unwrap();
        assert_eq!((before.scopes.as_slice(), before.expires_at), (scopes.as_slice(), expires_at));
        assert_eq!(tokens::get(tx, theirs, made[0])?, None);
        assert!(!tokens::revoke(tx, theirs, made[0], now())?);
        tokens::touch(tx, theirs, made[0], now())?;
        assert_eq!(tokens::get(tx, ours, made[0])?, Some(before));
        tokens::touch(tx, ours, made[0], now())?;
        assert_eq!(tokens::get(tx, ours, made[0])?.unwrap().last_used_at, Some(now()));
        assert!(tokens::revoke(tx, ours, made[1], now())?);
        assert_eq!(tokens::get(tx, ours, made[1])?, None);
        assert_eq!(listed(tx, ours, start, 9)?, [made[0], made[2]]);
        Ok(())
    })
    .await;
});
