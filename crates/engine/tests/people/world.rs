//! An account with an administrator, and short words for what the tests do.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::user::Role;
use tertulia_domain::{Clock, Entropy, UserId};
use tertulia_engine::sessions::{self, Browser, SignIn, SignedIn};
use tertulia_engine::{Ctx, Engine, Error, Result, Settings, accounts, setup, users};
use tertulia_store::{Scope, events};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};
use url::Url;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const ADMINISTRATOR: &str = "ana@example.com";

/// An engine with a first account.
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<ManualClock>,
    /// The administrator, at a browser.
    pub(crate) admin: Ctx,
    pub(crate) admin_token: String,
}

impl World {
    pub(crate) async fn new(db: &TestDb) -> Self {
        Self::with(db, |settings| settings).await
    }

    pub(crate) async fn with(db: &TestDb, adapt: impl FnOnce(Settings) -> Settings) -> Self {
        let clock = Arc::new(ManualClock::new());
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
        let settings = adapt(Settings::new(Url::parse("http://127.0.0.1:8080").unwrap()));
        let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let engine = Engine::new(db.store.clone(), shared, entropy, settings);
        let link = setup::begin(&engine).await.unwrap().expect("nobody is there yet");
        let command = setup::Finish {
            token: token_of(&link),
            account_name: "Aurora".to_owned(),
            name: "Ana".to_owned(),
            email: ADMINISTRATOR.to_owned(),
            password: PASSWORD.to_owned(),
            locale: "pt-BR".to_owned(),
        };
        let opened = setup::finish(&engine, browser(), command).await.unwrap();
        let admin = sessions::authenticate(&engine, &opened.token).await.unwrap();
        Self { engine, clock, admin, admin_token: opened.token }
    }

    /// Another person of the account.
    pub(crate) async fn person(&self, email: &str, role: Role) -> UserId {
        let ctx = Ctx::system(self.admin.account_id);
        let command = users::Create {
            email: email.to_owned(),
            name: "Bo".to_owned(),
            locale: "en".to_owned(),
            role,
            password: PASSWORD.to_owned(),
        };
        users::create(&self.engine, &ctx, command).await.unwrap().id
    }

    /// Another account, with the same word for its system.
    pub(crate) async fn another_account(&self) -> Ctx {
        let command = accounts::Create { name: "Boreal".to_owned(), locale: "en".to_owned() };
        Ctx::system(accounts::create(&self.engine, command).await.unwrap().id)
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn> {
        self.sign_in_with(email, password, None).await
    }

    pub(crate) async fn sign_in_with(
        &self,
        email: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<SignedIn> {
        let command = SignIn {
            email: email.to_owned(),
            password: password.to_owned(),
            code: code.map(str::to_owned),
        };
        sessions::sign_in(&self.engine, browser(), command).await
    }

    /// The person at a browser.
    pub(crate) async fn at_browser(&self, email: &str) -> (Ctx, String) {
        let opened = self.sign_in(email, PASSWORD).await.unwrap();
        (self.authenticate(&opened.token).await.unwrap(), opened.token)
    }

    pub(crate) async fn authenticate(&self, token: &str) -> Result<Ctx> {
        sessions::authenticate(&self.engine, token).await
    }

    /// Waits until the journal has the line `kind subject`: on PostgreSQL it shows what has committed
    /// only when nothing older is still running.
    pub(crate) async fn recorded(&self, line: &str) {
        let found = async {
            while !self.journal().await.iter().any(|it| it == line) {
                tokio::task::yield_now().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(20), found).await.is_err() {
            panic!("{line} is not in {:?}", self.journal().await);
        }
    }

    async fn journal(&self) -> Vec<String> {
        let read = move |tx: &mut tertulia_store::ReadTx<'_>| {
            events::after(tx, events::Cursor::default(), 1_000)
        };
        let rows = self.engine.store.read(Scope::System, read).await.unwrap();
        let line = |row: &events::Event| {
            format!("{} {}", row.kind, row.subject_id.map_or("-".to_owned(), |it| it.to_string()))
        };
        rows.iter().map(line).collect()
    }
}

pub(crate) fn browser() -> Browser {
    Browser { ip: "198.51.100.7".to_owned(), user_agent: "test".to_owned() }
}

/// The secret in a link that was answered.
pub(crate) fn token_of(link: &str) -> String {
    link.split_once("token=").expect("a link with a token").1.to_owned()
}

/// The stable code of a refusal of credentials.
#[track_caller]
pub(crate) fn unauthenticated<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result {
        Err(Error::Unauthenticated { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}
