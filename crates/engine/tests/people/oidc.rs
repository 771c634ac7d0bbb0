//! Sign-in by OpenID Connect against a small provider that signs for real.

use std::time::{Duration, SystemTime};

use tertulia_domain::Clock;
use tertulia_domain::user::Role;
use tertulia_doubles::oidc::{CLIENT_ID, CLIENT_SECRET, Provider, Word};
use tertulia_engine::oidc::{self, Finish, Started};
use tertulia_engine::sessions::SignedIn;
use tertulia_engine::{Error, OidcProvider, Settings, invitations};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::{ADMINISTRATOR, World, browser, unauthenticated};

const GUEST: &str = "gil@example.com";

/// A server, and the provider that it trusts.
struct Scene {
    world: World,
    provider: Provider,
}

impl Scene {
    async fn new(db: &TestDb) -> Self {
        let provider = Provider::start().await;
        let world = World::with(db, |settings| trusting(&provider, settings)).await;
        Self { world, provider }
    }

    /// The engine's clock, as the provider reads it.
    fn now(&self) -> SystemTime {
        let micros = u64::try_from(self.world.clock.now().micros()).unwrap();
        SystemTime::UNIX_EPOCH + Duration::from_micros(micros)
    }

    async fn start(&self) -> Started {
        oidc::start(&self.world.engine, "works", None).await.unwrap()
    }

    async fn back(&self, state: &str, word: Word) -> Result<SignedIn, Error> {
        let (code, state) = (self.provider.code(word), state.to_owned());
        let command = Finish { provider: "works".to_owned(), code, state };
        oidc::finish(&self.world.engine, browser(), command).await
    }

    /// Goes to the provider and back, with what it says changed on the way.
    async fn go(&self, email: &str, bend: impl FnOnce(&mut Word)) -> Result<SignedIn, Error> {
        let started = self.start().await;
        let mut word = Provider::word(&started.url, self.now(), email);
        bend(&mut word);
        self.back(&started.state, word).await
    }

    async fn invite(&self, role: Role) {
        let command = invitations::Create { email: GUEST.to_owned(), role };
        invitations::create(&self.world.engine, &self.world.admin, command).await.unwrap();
    }
}

/// Settings of a server that trusts the provider.
fn trusting(provider: &Provider, mut settings: Settings) -> Settings {
    settings.egress.exceptions.push(provider.host().parse().unwrap());
    settings.oidc.push(OidcProvider {
        id: "works".to_owned(),
        name: "Works".to_owned(),
        issuer: provider.issuer.clone(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
    });
    settings
}

on_every_engine!(who_was_invited_comes_in_and_is_known_from_then_on, async |db: &TestDb| {
    let scene = Scene::new(db).await;
    scene.invite(Role::Agent).await;
    let first = scene.go("Gil@Example.com", |_| {}).await.unwrap();
    assert_eq!((first.me.user.email.as_str(), first.me.user.role), (GUEST, Role::Agent));
    scene.world.authenticate(&first.token).await.unwrap();
    // The provider's subject is who they are: the address may change there.
    let renamed = scene.go(GUEST, |word| word.email = "other@example.com".to_owned()).await;
    assert_eq!(renamed.unwrap().me.user.id, first.me.user.id);
    scene.world.recorded(&format!("identity.linked {}", first.me.user.id)).await;
});

on_every_engine!(advisory_18_only_a_verified_address_links, async |db: &TestDb| {
    let scene = Scene::new(db).await;
    scene.world.person("bo@example.com", Role::Agent).await;
    let unverified = scene.go("bo@example.com", |word| word.email_verified = false).await;
    assert_eq!(unauthenticated(unverified), "credentials_invalid");
    scene.go("bo@example.com", |_| {}).await.expect("verified and known");
    let stranger = scene.go("stranger@example.com", |_| {}).await;
    assert_eq!(unauthenticated(stranger), "credentials_invalid");
});

on_every_engine!(advisory_18_nobody_becomes_an_administrator_by_mail, async |db: &TestDb| {
    let scene = Scene::new(db).await;
    assert_eq!(unauthenticated(scene.go(ADMINISTRATOR, |_| {}).await), "credentials_invalid");
    scene.invite(Role::Administrator).await;
    assert_eq!(unauthenticated(scene.go(GUEST, |_| {}).await), "credentials_invalid");
    // Signed in with the password, the administrator links; then the provider opens.
    let me = scene.world.admin.user();
    let started = oidc::start(&scene.world.engine, "works", me).await.unwrap();
    let word = Provider::word(&started.url, scene.now(), ADMINISTRATOR);
    scene.back(&started.state, word).await.unwrap();
    let opened = scene.go(ADMINISTRATOR, |_| {}).await.unwrap();
    assert_eq!(Some(opened.me.user.id), me);
});

on_every_engine!(a_word_for_somebody_else_is_refused, async |db: &TestDb| {
    let scene = Scene::new(db).await;
    scene.invite(Role::Agent).await;
    let nonce = scene.go(GUEST, |word| word.nonce = "another".to_owned()).await;
    assert_eq!(unauthenticated(nonce), "credentials_invalid");
    let audience = scene.go(GUEST, |word| word.audience = "another app".to_owned()).await;
    assert_eq!(unauthenticated(audience), "credentials_invalid");
    let old = scene.go(GUEST, |word| word.issued_at -= Duration::from_secs(3_600)).await;
    assert_eq!(unauthenticated(old), "credentials_invalid");
    let stolen = scene.go(GUEST, |word| word.challenge = "another".to_owned()).await;
    assert!(matches!(stolen, Err(Error::Upstream { .. })), "{stolen:?}");
    scene.go(GUEST, |_| {}).await.expect("the honest word still opens");
});

on_every_engine!(a_state_works_once_and_not_for_ever, async |db: &TestDb| {
    let scene = Scene::new(db).await;
    scene.invite(Role::Agent).await;
    let started = scene.start().await;
    let word = Provider::word(&started.url, scene.now(), GUEST);
    scene.back(&started.state, word.clone()).await.unwrap();
    let replayed = scene.back(&started.state, word.clone()).await;
    assert_eq!(unauthenticated(replayed), "credentials_invalid");
    assert_eq!(unauthenticated(scene.back("made up", word).await), "credentials_invalid");
    let late = scene.start().await;
    scene.world.clock.advance(Duration::from_secs(600));
    let word = Provider::word(&late.url, scene.now(), GUEST);
    assert_eq!(unauthenticated(scene.back(&late.state, word).await), "credentials_invalid");
    let unknown = oidc::start(&scene.world.engine, "nowhere", None).await;
    assert_eq!(unknown, Err(Error::NotFound("provider")));
});
