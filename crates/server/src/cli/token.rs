//! `tertulia token`: API tokens of an account, for the operator.

use std::time::Duration;

use clap::{Args, Subcommand};
use tertulia_domain::access::Permission;
use tertulia_domain::user::Token;
use tertulia_domain::{AccountId, TokenId};
use tertulia_engine::views::TokenView;
use tertulia_engine::{Access, Ctx, Engine, Error, tokens};
use tertulia_store::Scope;

use super::consent;
use super::engine::{account, every, member, refused, with_engine};
use super::exit::{Failure, answer, say};
use super::table;
use crate::config::Config;

const DAY_SECS: u64 = 24 * 60 * 60;

#[derive(Debug, Args)]
pub(super) struct TokenCommand {
    /// The account; needed when there are several.
    #[arg(long, global = true, value_name = "ID")]
    account: Option<i64>,
    #[command(subcommand)]
    command: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Make a token and print its secret.
    Create {
        name: String,
        /// The person on whose behalf it acts; it may do no more than them.
        #[arg(long, value_name = "E-MAIL")]
        user: String,
        /// What it may do, such as conversations:read; several times for several.
        #[arg(long, required = true)]
        scope: Vec<Permission>,
        /// Days after which it stops working.
        #[arg(long)]
        expires_in_days: Option<u32>,
    },
    /// List the tokens that are in force.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Take a token's force.
    Revoke {
        id: i64,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

impl TokenCommand {
    pub(super) fn run(self, config: &Config) -> Result<(), Failure> {
        with_engine(config, |engine| async move {
            let account = account(&engine, self.account).await?.id;
            match self.command {
                Which::Create { name, user, scope, expires_in_days } => {
                    let lifetime =
                        expires_in_days.map(|days| Duration::from_secs(u64::from(days) * DAY_SECS));
                    let expires_at = lifetime.map(|it| engine.clock.now().plus(it));
                    let command = tokens::Create { name, scopes: scope, expires_at };
                    create(&engine, account, &user, command).await
                }
                Which::List { json } => list(&engine, account, json).await,
                Which::Revoke { id, yes } => revoke(&engine, account, TokenId(id), yes).await,
            }
        })
    }
}

/// Acts as the person, so that the token can do no more than them.
async fn create(
    engine: &Engine,
    account: AccountId,
    email: &str,
    command: tokens::Create,
) -> Result<(), Failure> {
    let user = member(engine, account, email).await?;
    let ctx = Ctx::new(account, Access::User { id: user.id, role: user.role }, user.name);
    let token = tokens::create(engine, &ctx, command).await.map_err(refused)?;
    say(&format!("Token {} acts for {}; its secret is shown this once:", token.id, user.email));
    answer(&format!("{}\n", token.token.unwrap_or_default()));
    Ok(())
}

async fn revoke(
    engine: &Engine,
    account: AccountId,
    id: TokenId,
    yes: bool,
) -> Result<(), Failure> {
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(tertulia_store::tokens::get(tx, account, id)?)
        })
        .await
        .map_err(refused)?;
    let token = found.ok_or_else(|| Failure::Data(format!("there is no token {id}")))?;
    consent::require(yes, &format!("Token {id} ({}) would stop working for ever.", token.name))?;
    tokens::revoke(engine, &Ctx::system(account), id).await.map_err(refused)?;
    say(&format!("Token {id} does not work any more."));
    Ok(())
}

async fn list(engine: &Engine, account: AccountId, json: bool) -> Result<(), Failure> {
    let last = |token: Option<&Token>| token.map_or(TokenId(0), |token| token.id);
    let all = every(engine, account, tertulia_store::tokens::list, last).await?;
    let all: Vec<TokenView> = all.iter().map(TokenView::from).collect();
    table::print(json, &["id", "name", "scopes", "last used", "expires"], &all, |token| {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
        let time = |at: Option<tertulia_domain::Timestamp>, none: &str| {
            at.map_or(none.to_owned(), |at| at.to_string())
        };
        vec![
            token.id.to_string(),
            token.name.clone(),
            scopes.join(" "),
            time(token.last_used_at, "never"),
            time(token.expires_at, "never"),
        ]
    })
}
