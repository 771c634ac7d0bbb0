//! The first administrator: made once, by whoever has the link that the server prints.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::{OneTimePurpose, Role};
use tertulia_store::credentials::NewUser;
use tertulia_store::one_time::{self, Whom};
use tertulia_store::{Scope, credentials, users};

use crate::sessions::{Browser, SignedIn, me, open};
use crate::views::UserView;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result, accounts, check, passwords, secret};

/// How long a link is good; the server prints another one whenever it starts.
const LINK_SECS: u64 = 24 * 60 * 60;

/// The first account and its administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub token: String,
    pub account_name: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub locale: String,
}

/// Whether there is nobody yet.
pub async fn needed(engine: &Engine) -> Result<bool> {
    let any = engine.store.read::<_, Error, _>(Scope::System, |tx| Ok(credentials::any(tx)?));
    Ok(!any.await?)
}

/// A link that makes the first administrator, while there is nobody; links made before stop working.
pub async fn begin(engine: &Engine) -> Result<Option<String>> {
    let token = secret::random(engine.entropy.as_ref());
    let (hash, now) = (secret::hash(&token), engine.clock.now());
    let begun = engine
        .store
        .write::<_, Error, _>(Scope::System, move |tx| {
            if credentials::any(tx)? {
                return Ok(false);
            }
            one_time::revoke(tx, OneTimePurpose::Setup, None, now)?;
            let expires_at = now.plus(Duration::from_secs(LINK_SECS));
            let nobody = Whom { user_id: None };
            one_time::create(tx, &hash, OneTimePurpose::Setup, nobody, expires_at)?;
            Ok(true)
        })
        .await?;
    Ok(begun.then(|| engine.settings.link(&format!("/setup?token={token}"))))
}

/// Makes the first account with its administrator, and signs in.
pub async fn finish(engine: &Engine, browser: Browser, command: Finish) -> Result<SignedIn> {
    engine.gate.one_time(&browser.ip)?;
    let email = check::email("/email", &command.email)?;
    let name = check::name("/name", &command.name)?;
    passwords::check("/password", &command.password, &email)?;
    let hash = passwords::hash(engine, command.password).await?;
    let link_hash = secret::hash(&command.token);
    let account = accounts::Create { name: command.account_name, locale: command.locale.clone() };
    let token = secret::random(engine.entropy.as_ref());
    let (session_hash, now) = (secret::hash(&token), engine.clock.now());
    let ctx = engine
        .store
        .write(Scope::System, move |tx| {
            one_time::spend(tx, &link_hash, OneTimePurpose::Setup, now)?.ok_or_else(refused)?;
            // Meets another set-up that runs at the same time.
            one_time::revoke(tx, OneTimePurpose::Setup, None, now)?;
            if credentials::any(tx)? {
                return Err(refused());
            }
            let account = accounts::found(tx, &account, now)?;
            let person = NewUser {
                email: &email,
                name: &name,
                locale: &command.locale,
                password_hash: Some(&hash),
                now,
            };
            let user = credentials::create(tx, &person)?.ok_or_else(refused)?;
            users::add(tx, account, user, Role::Administrator, now)?;
            let stored = users::get(tx, account, user)?.ok_or(Error::NotFound("person"))?;
            let access = Access::User { id: user, role: Role::Administrator };
            let ctx = Ctx::new(account, access, name.clone());
            let mut change = Change::new(tx, &ctx, now);
            let data = json!({"user": UserView::from(&stored)});
            change.record(&Fact::new(EventKind::UserCreated, data).about(user.0))?;
            open(&mut change, user, &browser, &session_hash)?;
            Ok::<_, Error>(ctx)
        })
        .await?;
    let me = me(engine, &ctx).await?;
    Ok(SignedIn { token, me })
}

fn refused() -> Error {
    let detail = "The set-up link was used, or is too old; the server prints a new one when it \
                  starts, while there is nobody yet.";
    Error::Unauthenticated { code: "token_invalid", detail: detail.to_owned() }
}
