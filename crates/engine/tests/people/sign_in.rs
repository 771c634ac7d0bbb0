//! Passwords, sessions, the second factor, and the limits on guessing.

use std::time::Duration;

use tertulia_domain::user::Role;
use tertulia_engine::sessions::{SESSION_IDLE_SECS, SESSION_SECS_MAX};
use tertulia_engine::{Error, SignInLimits, profile, sessions, totp, users};
use tertulia_store::Scope;
use tertulia_testkit::{TestDb, on_every_engine};
use totp_rs::{Builder, Secret};

use super::world::{ADMINISTRATOR, PASSWORD, World, unauthenticated};

on_every_engine!(a_session_is_opened_listed_and_ended, async |db: &TestDb| {
    let world = World::new(db).await;
    let opened = world.sign_in(" ANA@example.com ", PASSWORD).await.unwrap();
    assert_eq!(opened.me.user.email, ADMINISTRATOR);
    assert_eq!(opened.me.account.name, "Aurora");
    let ctx = world.authenticate(&opened.token).await.unwrap();
    sessions::sign_out(&world.engine, &ctx).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&opened.token).await), "session_required");
    world.authenticate(&world.admin_token).await.unwrap();
    let session = ctx.session.unwrap();
    world.recorded(&format!("session.revoked {session}")).await;
});

on_every_engine!(a_session_ends_by_idleness_and_by_age, async |db: &TestDb| {
    let world = World::new(db).await;
    let step = Duration::from_secs(SESSION_IDLE_SECS - 1);
    let mut age = Duration::ZERO;
    while age + step < Duration::from_secs(SESSION_SECS_MAX) {
        world.clock.advance(step);
        age += step;
        world.authenticate(&world.admin_token).await.expect("in use, so it goes on");
    }
    world.clock.advance(step);
    assert_eq!(unauthenticated(world.authenticate(&world.admin_token).await), "session_required");
    let idle = world.sign_in(ADMINISTRATOR, PASSWORD).await.unwrap().token;
    world.clock.advance(Duration::from_secs(SESSION_IDLE_SECS));
    assert_eq!(unauthenticated(world.authenticate(&idle).await), "session_required");
});

on_every_engine!(advisory_34_nobody_learns_who_is_here, async |db: &TestDb| {
    let world = World::new(db).await;
    let gone = world.person("gone@example.com", Role::Agent).await;
    users::remove(&world.engine, &world.admin, gone).await.unwrap();
    let mut answers = Vec::new();
    for email in [ADMINISTRATOR, "nobody@example.com", "gone@example.com", "not an address", ""] {
        let password = if email.starts_with("gone") { PASSWORD } else { "a wrong password" };
        answers.push(world.sign_in(email, password).await.unwrap_err());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert!(matches!(answers[0], Error::Unauthenticated { code: "credentials_invalid", .. }));
});

on_every_engine!(guessing_is_slowed_down_per_address_and_per_person, async |db: &TestDb| {
    let limits = SignInLimits { tries_per_email_max: 3, tries_per_ip_max: 5, ..Default::default() };
    let world =
        World::with(db, |settings| tertulia_engine::Settings { sign_in: limits, ..settings }).await;
    let limited = |result: Result<sessions::SignedIn, Error>| match result {
        Err(Error::Limit { retry_after }) => Some(retry_after),
        Ok(_) | Err(_) => None,
    };
    for _ in 0..3 {
        assert!(limited(world.sign_in(ADMINISTRATOR, "a wrong password").await).is_none());
    }
    let wait = limited(world.sign_in("Ana@Example.com", PASSWORD).await).expect("a limit");
    assert!(limited(world.sign_in("x@example.com", "whatever it is").await).is_none());
    assert!(limited(world.sign_in("y@example.com", "whatever it is").await).is_some());
    world.clock.advance(wait.max(Duration::from_secs(300)));
    world.sign_in(ADMINISTRATOR, PASSWORD).await.unwrap();
});

on_every_engine!(advisory_10_a_new_password_ends_all_other_sessions, async |db: &TestDb| {
    let world = World::new(db).await;
    let other = world.sign_in(ADMINISTRATOR, PASSWORD).await.unwrap().token;
    let change = |current: &str, new: &str| profile::ChangePassword {
        current: current.to_owned(),
        new: new.to_owned(),
    };
    let wrong = change("not my password", "another long password");
    let refused = profile::change_password(&world.engine, &world.admin, wrong).await;
    assert!(matches!(refused, Err(Error::Invalid { pointer, .. }) if pointer == "/current"));
    world.authenticate(&other).await.unwrap();
    let right = change(PASSWORD, "another long password");
    profile::change_password(&world.engine, &world.admin, right).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&other).await), "session_required");
    world.authenticate(&world.admin_token).await.unwrap();
    unauthenticated(world.sign_in(ADMINISTRATOR, PASSWORD).await);
    world.sign_in(ADMINISTRATOR, "another long password").await.unwrap();
});

on_every_engine!(advisory_10_the_second_factor_ends_all_other_sessions, async |db: &TestDb| {
    let world = World::new(db).await;
    let other = world.sign_in(ADMINISTRATOR, PASSWORD).await.unwrap().token;
    let begun = totp::begin(&world.engine, &world.admin).await.unwrap();
    world.authenticate(&other).await.expect("nothing is in force yet");
    let code = code(&world, &begun.secret);
    let codes = totp::confirm(&world.engine, &world.admin, code).await.unwrap().recovery_codes;
    assert_eq!(codes.len(), 10);
    assert_eq!(unauthenticated(world.authenticate(&other).await), "session_required");

    let other = world.sign_in_with(ADMINISTRATOR, PASSWORD, Some(&codes[0])).await.unwrap().token;
    let wrong = totp::disable(&world.engine, &world.admin, "not my password".to_owned()).await;
    assert_eq!(unauthenticated(wrong), "credentials_invalid");
    totp::disable(&world.engine, &world.admin, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&other).await), "session_required");
    world.sign_in(ADMINISTRATOR, PASSWORD).await.expect("without a code");
});

on_every_engine!(a_code_works_once, async |db: &TestDb| {
    let world = World::new(db).await;
    let begun = totp::begin(&world.engine, &world.admin).await.unwrap();
    let first = code(&world, &begun.secret);
    let confirmed = totp::confirm(&world.engine, &world.admin, first.clone()).await.unwrap();
    let with = async |code: &str| world.sign_in_with(ADMINISTRATOR, PASSWORD, Some(code)).await;
    assert_eq!(unauthenticated(world.sign_in(ADMINISTRATOR, PASSWORD).await), "totp_required");
    unauthenticated(with(&first).await);
    world.clock.advance(Duration::from_secs(30));
    let second = code(&world, &begun.secret);
    with(&second).await.unwrap();
    unauthenticated(with(&second).await);
    unauthenticated(with("000000").await);
    let recovery = confirmed.recovery_codes[3].to_uppercase();
    with(&recovery).await.unwrap();
    unauthenticated(with(&recovery).await);
    unauthenticated(with("aaaa-bbbb-cccc-dddd").await);
});

on_every_engine!(advisory_33_no_secret_is_stored_as_it_is, async |db: &TestDb| {
    let world = World::new(db).await;
    let (token, user) = (world.admin_token.clone(), world.admin.user().unwrap());
    let (by_token, person) = world
        .engine
        .store
        .read::<_, tertulia_store::Error, _>(Scope::System, move |tx| {
            let by_token = tertulia_store::sessions::by_hash(tx, &token)?;
            Ok((by_token, tertulia_store::credentials::get(tx, user)?))
        })
        .await
        .unwrap();
    assert_eq!(by_token, None, "the cookie itself is not in the database");
    let hash = person.unwrap().password_hash.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert!(!hash.contains(PASSWORD));
});

fn code(world: &World, secret: &str) -> String {
    use tertulia_domain::Clock;
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(world.clock.now().secs()).unwrap()).to_string()
}
