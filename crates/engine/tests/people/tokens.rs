//! API tokens: scopes, secrets shown once, and the end of a token.

use std::time::Duration;

use tertulia_domain::Clock;
use tertulia_domain::access::Permission;
use tertulia_domain::user::Role;
use tertulia_engine::tokens::{self, Create};
use tertulia_engine::{Access, Ctx, Error, Idempotency, users};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{World, unauthenticated};

fn named(scopes: &[Permission]) -> Create {
    Create { name: "ci".to_owned(), scopes: scopes.to_vec(), expires_at: None }
}

on_every_engine!(a_token_does_what_its_scopes_and_its_maker_may, async |db: &TestDb| {
    let world = World::new(db).await;
    let scopes = [Permission::ContactsRead, Permission::TokensManage];
    let made = tokens::create(&world.engine, &world.admin, named(&scopes)).await.unwrap();
    let secret = made.token.unwrap();
    let ctx = tokens::authenticate(&world.engine, &secret).await.unwrap();
    assert!(ctx.may(Permission::ContactsRead) && !ctx.may(Permission::UsersManage));
    let more = tokens::create(&world.engine, &ctx, named(&[Permission::UsersManage])).await;
    assert_eq!(more, Err(Error::ScopeMissing { scope: "users:manage" }));
    let none = tokens::create(&world.engine, &world.admin, named(&[])).await;
    assert!(matches!(none, Err(Error::Invalid { pointer, .. }) if pointer == "/scopes"));
});

on_every_engine!(a_token_ends_with_its_time_its_revocation_and_its_maker, async |db: &TestDb| {
    let world = World::new(db).await;
    let maker = world.person("bo@example.com", Role::Administrator).await;
    let access = Access::User { id: maker, role: Role::Administrator };
    let bo = Ctx::new(world.admin.account_id, access, "Bo".to_owned());
    let make = async |expires_at| {
        let command = Create { expires_at, ..named(&[Permission::ContactsRead]) };
        tokens::create(&world.engine, &bo, command).await.unwrap()
    };
    let check = async |secret: &Option<String>| {
        tokens::authenticate(&world.engine, secret.as_deref().unwrap()).await
    };
    let short = make(Some(world.clock.now().plus(Duration::from_secs(60)))).await;
    let (revoked, kept) = (make(None).await, make(None).await);
    check(&short.token).await.unwrap();
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(unauthenticated(check(&short.token).await), "token_expired");
    tokens::revoke(&world.engine, &world.admin, revoked.id).await.unwrap();
    assert_eq!(unauthenticated(check(&revoked.token).await), "token_invalid");
    check(&kept.token).await.unwrap();
    let out = users::Update { active: Some(false), ..Default::default() };
    users::update(&world.engine, &world.admin, maker, out).await.unwrap();
    assert_eq!(unauthenticated(check(&kept.token).await), "token_invalid");
    for wrong in ["", " ", "ttl_", &kept.token.unwrap().to_uppercase()] {
        let answer = tokens::authenticate(&world.engine, wrong).await;
        assert_eq!(unauthenticated(answer), "token_invalid");
    }
});

on_every_engine!(a_repeat_makes_no_second_token_and_shows_no_secret, async |db: &TestDb| {
    let world = World::new(db).await;
    let mut ctx = world.admin.clone();
    ctx.idempotency = Some(Idempotency { key: "k".to_owned(), fingerprint: "f".to_owned() });
    let create = async || {
        tokens::create(&world.engine, &ctx, named(&[Permission::ContactsRead])).await.unwrap()
    };
    let (first, again) = (create().await, create().await);
    assert_eq!((first.id, again.token), (again.id, None));
    let secret = first.token.expect("shown once");
    tokens::authenticate(&world.engine, &secret).await.unwrap();
});
