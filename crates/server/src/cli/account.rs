//! `tertulia account`: the tenants of this server.

use clap::{Args, Subcommand};
use tertulia_engine::accounts::{self, Create};
use tertulia_engine::views::AccountView;
use tertulia_engine::{Engine, Error};
use tertulia_store::Scope;

use super::engine::{refused, with_engine};
use super::exit::Failure;
use super::table;
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct AccountCommand {
    #[command(subcommand)]
    command: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Make an account; give it its first administrator with `user create`.
    Create {
        name: String,
        /// The language of the account, such as en or pt-BR.
        #[arg(long, default_value = "en")]
        locale: String,
        #[arg(long)]
        json: bool,
    },
    /// List the accounts of this server.
    List {
        #[arg(long)]
        json: bool,
    },
}

impl AccountCommand {
    pub(super) fn run(self, config: &Config) -> Result<(), Failure> {
        with_engine(config, |engine| async move {
            match self.command {
                Which::Create { name, locale, json } => create(&engine, name, locale, json).await,
                Which::List { json } => list(&engine, json).await,
            }
        })
    }
}

async fn create(engine: &Engine, name: String, locale: String, json: bool) -> Result<(), Failure> {
    let account = accounts::create(engine, Create { name, locale }).await.map_err(refused)?;
    show(json, &[account])
}

async fn list(engine: &Engine, json: bool) -> Result<(), Failure> {
    let all = engine
        .store
        .read::<_, Error, _>(Scope::System, |tx| Ok(tertulia_store::accounts::list(tx)?))
        .await
        .map_err(refused)?;
    show(json, &all.iter().map(AccountView::from).collect::<Vec<_>>())
}

fn show(json: bool, accounts: &[AccountView]) -> Result<(), Failure> {
    table::print(json, &["id", "name", "locale"], accounts, |account| {
        vec![account.id.to_string(), account.name.clone(), account.locale.clone()]
    })
}
