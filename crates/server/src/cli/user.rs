//! `tertulia user`: people of an account, for the operator. A password is never an argument: other
//! processes could read it.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};
use tertulia_domain::user::{Role, User};
use tertulia_domain::{AccountId, UserId};
use tertulia_engine::views::UserView;
use tertulia_engine::{Ctx, Engine, password_resets, users};

use super::consent;
use super::engine::{account, every, member, refused, with_engine};
use super::exit::{Failure, answer, say};
use super::table;
use crate::config::Config;

/// Random bytes of a password that is made here.
const GENERATED_BYTES: usize = 15;

#[derive(Debug, Args)]
pub(super) struct UserCommand {
    /// The account; needed when there are several.
    #[arg(long, global = true, value_name = "ID")]
    account: Option<i64>,
    #[command(subcommand)]
    command: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Add a person; without --password-stdin a password is made and printed.
    Create {
        email: String,
        #[arg(long)]
        name: String,
        /// administrator, supervisor or agent.
        #[arg(long, default_value = "agent")]
        role: Role,
        #[arg(long, default_value = "en")]
        locale: String,
        /// Read the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the people of the account.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Print a link with which the person chooses a new password.
    ResetPassword { email: String },
    /// Sign a person out and keep them out.
    Deactivate {
        email: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

impl UserCommand {
    pub(super) fn run(self, config: &Config) -> Result<(), Failure> {
        with_engine(config, |engine| async move {
            let account = account(&engine, self.account).await?.id;
            let ctx = Ctx::system(account);
            match self.command {
                Which::Create { email, name, role, locale, password_stdin } => {
                    let (password, made) = password(&engine, password_stdin)?;
                    let command =
                        users::Create { email, name, locale, role, password: password.clone() };
                    let user = users::create(&engine, &ctx, command).await.map_err(refused)?;
                    say(&format!("{} is {} of account {account}.", user.email, user.role));
                    if made {
                        answer(&format!("{password}\n"));
                    }
                    Ok(())
                }
                Which::List { json } => list(&engine, account, json).await,
                Which::ResetPassword { email } => reset(&engine, &ctx, &email).await,
                Which::Deactivate { email, yes } => deactivate(&engine, &ctx, &email, yes).await,
            }
        })
    }
}

/// The password, and whether it was made here.
fn password(engine: &Engine, from_stdin: bool) -> Result<(String, bool), Failure> {
    if !from_stdin {
        let mut bytes = [0; GENERATED_BYTES];
        engine.entropy.fill(&mut bytes);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        return Ok((hex, true));
    }
    let input = std::io::stdin();
    if input.is_terminal() {
        say("Password:");
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    match read {
        Ok(0) => Err(Failure::Data("standard input ended before a password came".to_owned())),
        Ok(_) => Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false)),
        Err(error) => Err(Failure::Data(format!("the password cannot be read: {error}"))),
    }
}

async fn list(engine: &Engine, account: AccountId, json: bool) -> Result<(), Failure> {
    let last = |user: Option<&User>| user.map_or(UserId(0), |user| user.id);
    let people = every(engine, account, tertulia_store::users::list, last).await?;
    let people: Vec<UserView> = people.iter().map(UserView::from).collect();
    table::print(json, &["id", "e-mail", "name", "role", "active"], &people, |user| {
        let active = if user.active { "yes" } else { "no" };
        let (id, role) = (user.id.to_string(), user.role.to_string());
        vec![id, user.email.clone(), user.name.clone(), role, active.to_owned()]
    })
}

async fn reset(engine: &Engine, ctx: &Ctx, email: &str) -> Result<(), Failure> {
    let user = member(engine, ctx.account_id, email).await?;
    let link = password_resets::create(engine, ctx, user.id).await.map_err(refused)?;
    say(&format!("Good for one use, until {}:", link.expires_at));
    answer(&format!("{}\n", link.url.unwrap_or_default()));
    Ok(())
}

async fn deactivate(engine: &Engine, ctx: &Ctx, email: &str, yes: bool) -> Result<(), Failure> {
    let user = member(engine, ctx.account_id, email).await?;
    consent::require(yes, &format!("{} would be signed out everywhere and kept out.", user.email))?;
    let command = users::Update { active: Some(false), ..users::Update::default() };
    users::update(engine, ctx, user.id, command).await.map_err(refused)?;
    say(&format!("{} is signed out and kept out.", user.email));
    Ok(())
}
