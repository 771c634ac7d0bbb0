//! Set-up, invitations and resets: one use, a time, and no way to become somebody else.

use std::time::Duration;

use tertulia_domain::user::Role;
use tertulia_engine::invitations::{self, Accept};
use tertulia_engine::{Ctx, Error, SignInLimits, password_resets, sessions, setup, users};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{ADMINISTRATOR, PASSWORD, World, browser, token_of, unauthenticated};

const GUEST: &str = "gil@example.com";

async fn invite(world: &World, ctx: &Ctx, email: &str) -> String {
    let command = invitations::Create { email: email.to_owned(), role: Role::Agent };
    let made = invitations::create(&world.engine, ctx, command).await.unwrap();
    token_of(&made.url.expect("shown once"))
}

async fn accept(world: &World, token: &str, password: &str) -> Result<sessions::SignedIn, Error> {
    let command = Accept {
        token: token.to_owned(),
        name: "Gil".to_owned(),
        password: password.to_owned(),
        code: None,
    };
    invitations::accept(&world.engine, browser(), command).await
}

async fn reset(world: &World, token: &str) -> Result<(), Error> {
    let (token, password) = (token.to_owned(), "a password after reset".to_owned());
    let command = password_resets::Accept { token, password };
    password_resets::accept(&world.engine, "198.51.100.7", command).await
}

/// A generous limit, for tests that try many links.
async fn patient(db: &TestDb) -> World {
    let sign_in = SignInLimits { one_time_tries_per_ip_max: 1_000, ..Default::default() };
    World::with(db, |settings| tertulia_engine::Settings { sign_in, ..settings }).await
}

on_every_engine!(set_up_happens_once, async |db: &TestDb| {
    let world = World::new(db).await;
    assert!(!setup::needed(&world.engine).await.unwrap());
    assert_eq!(setup::begin(&world.engine).await.unwrap(), None);
    let again = setup::Finish {
        token: "anything".to_owned(),
        account_name: "Second".to_owned(),
        name: "Eve".to_owned(),
        email: "eve@example.com".to_owned(),
        password: PASSWORD.to_owned(),
        locale: "en".to_owned(),
    };
    let again = setup::finish(&world.engine, browser(), again).await;
    assert_eq!(unauthenticated(again), "token_invalid");
});

on_every_engine!(advisory_32_an_invitation_works_once_and_for_72_hours, async |db: &TestDb| {
    let world = patient(db).await;
    let token = invite(&world, &world.admin, GUEST).await;
    for wrong in
        ["", " ", "null", &token.to_uppercase(), &format!("{token} "), token.get(1..).unwrap()]
    {
        assert_eq!(unauthenticated(accept(&world, wrong, PASSWORD).await), "token_invalid");
    }
    let offer = invitations::lookup(&world.engine, "198.51.100.7", &token).await.unwrap();
    assert_eq!((offer.email.as_str(), offer.has_password), (GUEST, false));
    let me = accept(&world, &token, PASSWORD).await.unwrap().me;
    assert_eq!((me.user.email.as_str(), me.user.role), (GUEST, Role::Agent));
    assert_eq!(unauthenticated(accept(&world, &token, PASSWORD).await), "token_invalid");

    let late = invite(&world, &world.admin, "late@example.com").await;
    world.clock.advance(Duration::from_secs(72 * 60 * 60));
    assert_eq!(unauthenticated(accept(&world, &late, PASSWORD).await), "token_invalid");
    let replaced = invite(&world, &world.admin, "new@example.com").await;
    let present = invite(&world, &world.admin, "new@example.com").await;
    assert_eq!(unauthenticated(accept(&world, &replaced, PASSWORD).await), "token_invalid");
    accept(&world, &present, PASSWORD).await.unwrap();
});

on_every_engine!(an_invitation_never_opens_the_account_of_somebody_else, async |db: &TestDb| {
    let world = World::new(db).await;
    let boreal = world.another_account().await;
    let chief = users::Create {
        email: "eve@example.com".to_owned(),
        name: "Eve".to_owned(),
        locale: "en".to_owned(),
        role: Role::Administrator,
        password: PASSWORD.to_owned(),
    };
    users::create(&world.engine, &boreal, chief).await.unwrap();
    let (eve, _) = world.at_browser("eve@example.com").await;
    let token = invite(&world, &eve, ADMINISTRATOR).await;
    let refused = accept(&world, &token, "a password that Eve chose").await;
    assert_eq!(unauthenticated(refused), "credentials_invalid");
    world.sign_in(ADMINISTRATOR, PASSWORD).await.expect("the password is the same");

    let joined = accept(&world, &token, PASSWORD).await.unwrap();
    assert_eq!((joined.me.account.name.as_str(), joined.me.accounts.len()), ("Boreal", 2));
    let taken = password_resets::create(&world.engine, &eve, joined.me.user.id).await;
    assert!(matches!(taken, Err(Error::Conflict { .. })), "{taken:?}");
});

on_every_engine!(advisory_32_a_reset_works_once_and_ends_all_sessions, async |db: &TestDb| {
    let world = patient(db).await;
    let user = world.person("bo@example.com", Role::Agent).await;
    let (_, session) = world.at_browser("bo@example.com").await;
    let create = async || {
        let made = password_resets::create(&world.engine, &world.admin, user).await.unwrap();
        token_of(&made.url.expect("shown once"))
    };
    let (replaced, token) = (create().await, create().await);
    for wrong in ["", " ", "null", &replaced, &token.to_lowercase(), &format!(" {token}")] {
        assert_eq!(unauthenticated(reset(&world, wrong).await), "token_invalid", "{wrong:?}");
    }
    world.authenticate(&session).await.expect("nothing has happened yet");
    reset(&world, &token).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&session).await), "session_required");
    assert_eq!(unauthenticated(reset(&world, &token).await), "token_invalid");
    world.sign_in("bo@example.com", "a password after reset").await.unwrap();
    let late = create().await;
    world.clock.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(unauthenticated(reset(&world, &late).await), "token_invalid");
});

on_every_engine!(who_is_let_go_is_out_at_once, async |db: &TestDb| {
    let world = World::new(db).await;
    let user = world.person("bo@example.com", Role::Agent).await;
    let (_, session) = world.at_browser("bo@example.com").await;
    let set = async |update: users::Update| {
        users::update(&world.engine, &world.admin, user, update).await
    };
    set(users::Update { role: Some(Role::Supervisor), ..Default::default() }).await.unwrap();
    let promoted = world.authenticate(&session).await.unwrap();
    assert!(promoted.may(tertulia_domain::access::Permission::InboxesAll));
    set(users::Update { active: Some(false), ..Default::default() }).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&session).await), "session_required");
    unauthenticated(world.sign_in("bo@example.com", PASSWORD).await);
    set(users::Update { active: Some(true), ..Default::default() }).await.unwrap();
    let (_, session) = world.at_browser("bo@example.com").await;
    users::remove(&world.engine, &world.admin, user).await.unwrap();
    assert_eq!(unauthenticated(world.authenticate(&session).await), "session_required");
    world.recorded(&format!("user.updated {user}")).await;
    world.recorded(&format!("user.deleted {user}")).await;
});

on_every_engine!(the_last_administrator_stays, async |db: &TestDb| {
    let world = World::new(db).await;
    let me = world.admin.user().unwrap();
    let demote = users::Update { role: Some(Role::Agent), ..Default::default() };
    let demoted = users::update(&world.engine, &world.admin, me, demote.clone()).await;
    assert!(matches!(demoted, Err(Error::Conflict { .. })), "{demoted:?}");
    let removed = users::remove(&world.engine, &world.admin, me).await;
    assert!(matches!(removed, Err(Error::Conflict { .. })), "{removed:?}");
    world.person("bo@example.com", Role::Administrator).await;
    users::update(&world.engine, &world.admin, me, demote).await.unwrap();
});

on_every_engine!(another_account_of_mine_is_entered_with_another_secret, async |db: &TestDb| {
    let world = World::new(db).await;
    let boreal = world.another_account().await;
    let refused = sessions::switch_account(&world.engine, &world.admin, boreal.account_id).await;
    assert_eq!(refused.unwrap_err(), Error::NotFound("account"));
    let chief = users::Create {
        email: "eve@example.com".to_owned(),
        name: "Eve".to_owned(),
        locale: "en".to_owned(),
        role: Role::Administrator,
        password: PASSWORD.to_owned(),
    };
    users::create(&world.engine, &boreal, chief).await.unwrap();
    let (eve, _) = world.at_browser("eve@example.com").await;
    let token = invite(&world, &eve, ADMINISTRATOR).await;
    accept(&world, &token, PASSWORD).await.unwrap();
    let entered = sessions::switch_account(&world.engine, &world.admin, boreal.account_id).await;
    let entered = entered.unwrap();
    assert_eq!((entered.me.account.name.as_str(), entered.me.user.role), ("Boreal", Role::Agent));
    assert_eq!(unauthenticated(world.authenticate(&world.admin_token).await), "session_required");
    let ctx = world.authenticate(&entered.token).await.unwrap();
    assert_eq!((ctx.account_id, ctx.session), (boreal.account_id, world.admin.session));
});
