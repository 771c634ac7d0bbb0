//! Somebody comes to a website and gets a token.

use tertulia_domain::inbox::{Inbox, InboxSettings};
use tertulia_domain::{AccountId, IdentityId};
use tertulia_store::{Scope, accounts, inboxes, visitors};

use super::authenticate::unproven;
use super::enter::{Entry, admitted, enter};
use super::{Admitted, Page, Profile, Proof, profile, token};
use crate::{Access, Change, Ctx, Engine, Error, Result, secret};

/// What a new visitor brings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Begin {
    pub locale: Option<String>,
    pub page: Option<Page>,
    /// The website vouches for its user.
    pub identity: Option<Proof>,
}

/// Lets a visitor into the widget of `key`: as the proven person, or as somebody nobody knows.
pub async fn begin(engine: &Engine, key: &str, ip: &str, command: Begin) -> Result<Admitted> {
    engine.visitor_limits.begin(ip)?;
    let (account, inbox, locale) = widget(engine, key).await?;
    let is_enforced = matches!(&inbox.settings, InboxSettings::Widget(s) if s.enforce_identity);
    if is_enforced && command.identity.is_none() {
        return Err(unproven());
    }
    if let Some(proof) = &command.identity {
        engine.visitor_limits.proof(ip)?;
        proof.check(&inbox.identity_secret)?;
    }
    let page = command.page.map(|page| page.tidy("/page")).transpose()?;
    let told = command.identity.as_ref().map(|proof| proof.profile.clone());
    let told = told.unwrap_or_default().tidy("/identity")?;
    let random = secret::random(engine.entropy.as_ref());
    let newcomer = Newcomer {
        token: token::generate(engine.entropy.as_ref()),
        is_verified: command.identity.is_some(),
        address: command.identity.map_or_else(|| format!("visitor:{random}"), |p| p.address()),
        name: anonymous_name(&locale, &random),
        locale: profile::locale(command.locale),
        told,
        page,
    };
    let ctx = Ctx::new(account, Access::Channel { inbox: inbox.id }, inbox.name.clone());
    engine.commit(&ctx, move |change| admit(change, &inbox, &newcomer)).await
}

struct Newcomer {
    token: String,
    address: String,
    is_verified: bool,
    name: String,
    locale: Option<String>,
    told: Profile,
    page: Option<Page>,
}

fn admit(change: &mut Change<'_, '_>, inbox: &Inbox, newcomer: &Newcomer) -> Result<Admitted> {
    let entry = Entry {
        inbox: inbox.id,
        address: &newcomer.address,
        is_verified: newcomer.is_verified,
        name: &newcomer.name,
        locale: newcomer.locale.as_deref(),
        profile: &newcomer.told,
    };
    let (identity, contact) = enter(change, &entry)?;
    issue(change, inbox, identity, &newcomer.token, newcomer.page.as_ref())?;
    Ok(admitted(newcomer.token.clone(), &contact, newcomer.is_verified))
}

/// Keeps the hash of a token and the page of its visitor.
fn issue(
    change: &mut Change<'_, '_>,
    inbox: &Inbox,
    identity: IdentityId,
    secret: &str,
    page: Option<&Page>,
) -> Result<()> {
    let hash = token::hash(secret)
        .ok_or_else(|| Error::Internal("a new token does not look like one".to_owned()))?;
    let new = visitors::NewToken {
        inbox: inbox.id,
        identity,
        token_hash: &hash,
        page: page.map(Page::json),
        now: change.now,
    };
    Ok(visitors::insert_token(change.tx, change.ctx.account_id, &new)?)
}

/// The inbox of a widget key that is in service, with its account's language.
async fn widget(engine: &Engine, key: &str) -> Result<(AccountId, Inbox, String)> {
    let key = key.to_owned();
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| {
            let Some((account, inbox)) = inboxes::by_widget_key(tx, &key)? else {
                return Ok(None);
            };
            let locale = accounts::get(tx, account)?.map(|account| account.locale);
            Ok(Some((account, inbox, locale.unwrap_or_default())))
        })
        .await?;
    found.filter(|(_, inbox, _)| inbox.enabled).ok_or(Error::NotFound("widget"))
}

/// What agents call somebody until a name is told, in the account's language.
fn anonymous_name(locale: &str, random: &str) -> String {
    let word = match locale.get(..2) {
        Some("pt" | "es") => "Visitante",
        Some("ru") => "Посетитель",
        Some(_) | None => "Visitor",
    };
    let number = random.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 9_000);
    format!("{word} {}", 1_000 + number)
}

#[cfg(test)]
mod tests {
    use super::anonymous_name;

    #[test]
    fn nobody_is_called_nothing() {
        for (locale, word) in
            [("en", "Visitor"), ("pt-BR", "Visitante"), ("ru", "Посетитель"), ("", "Visitor")]
        {
            let name = anonymous_name(locale, "kX9_ab");
            let number = name.strip_prefix(word).unwrap().trim();
            assert_eq!(number.len(), 4, "{name}");
        }
    }
}
