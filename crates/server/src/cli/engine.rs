//! Commands that work through the engine, beside a server that may be running.

use std::future::Future;

use anyhow::Context;
use tertulia_domain::AccountId;
use tertulia_domain::account::Account;
use tertulia_domain::user::User;
use tertulia_engine::{Engine, Error};
use tertulia_store::{ReadTx, Scope, accounts, credentials, users};

use super::exit::Failure;
use crate::config::Config;

/// Rows that one listing reads at a time.
const PAGE_ROWS: i64 = 500;

/// Runs a command's work. SQLite lets a server and a command write in turn, and the server reads
/// what happened from the journal.
pub(super) fn with_engine<F: Future<Output = Result<(), Failure>>>(
    config: &Config,
    work: impl FnOnce(Engine) -> F,
) -> Result<(), Failure> {
    crate::serve::prepare_data_dir(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("the runtime")?;
    let engine = crate::serve::engine(config)?;
    runtime.block_on(work(engine))
}

/// What a use case refused, as an exit code and a sentence.
pub(super) fn refused(error: Error) -> Failure {
    match error {
        Error::Storage(error) => Failure::Unavailable(error.into()),
        Error::Internal(detail) => Failure::Unavailable(anyhow::anyhow!(detail)),
        Error::Invalid { pointer, detail, .. } => {
            let field = pointer.trim_start_matches('/').replace('_', " ");
            Failure::Data(format!("{field}: {detail}"))
        }
        other => Failure::Data(other.to_string()),
    }
}

/// All rows of a listing that the store answers in pages, each behind the last key of the one before.
pub(super) async fn every<T: Send + 'static, K: Copy + Send + 'static>(
    engine: &Engine,
    account: AccountId,
    page: fn(&mut ReadTx<'_>, AccountId, K, i64) -> tertulia_store::Result<Vec<T>>,
    last: fn(Option<&T>) -> K,
) -> Result<Vec<T>, Failure> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let after = last(all.last());
        let read = engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(page(tx, account, after, PAGE_ROWS)?)
        });
        let found = read.await.map_err(refused)?;
        if found.is_empty() {
            return Ok(all);
        }
        all.extend(found);
    }
}

/// The account that is meant: the named one, or the only one.
pub(super) async fn account(engine: &Engine, named: Option<i64>) -> Result<Account, Failure> {
    let all = engine
        .store
        .read::<_, Error, _>(Scope::System, |tx| Ok(accounts::list(tx)?))
        .await
        .map_err(refused)?;
    let ids = || all.iter().map(|it| format!("{} ({})", it.id, it.name)).collect::<Vec<_>>();
    match (named, all.as_slice()) {
        (Some(id), all) => {
            let found = all.iter().find(|it| it.id == AccountId(id)).cloned();
            found.ok_or_else(|| Failure::Data(format!("there is no account {id}")))
        }
        (None, [only]) => Ok(only.clone()),
        (None, []) => Err(Failure::Data("there is no account yet; see `account create`".into())),
        (None, _) => {
            let list = ids().join(", ");
            Err(Failure::Data(format!("name the account with --account: {list}")))
        }
    }
}

/// The member of an account with an e-mail address.
pub(super) async fn member(
    engine: &Engine,
    account: AccountId,
    email: &str,
) -> Result<User, Failure> {
    let wanted = tertulia_domain::email::normalize(email).unwrap_or_default();
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let Some(person) = credentials::by_email(tx, &wanted)? else { return Ok(None) };
            Ok(users::get(tx, account, person.user_id)?)
        })
        .await
        .map_err(refused)?;
    found.ok_or_else(|| {
        Failure::Data(format!("nobody in account {account} has the address {email}"))
    })
}
