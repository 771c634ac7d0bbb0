//! Customers of an API inbox who come by themselves, through a website or an app of the business.
//!
//! Two texts open the door: the inbox's public key, which may be in every copy of the app, and the
//! customer's source id, which is in one. Whoever has both is the customer, so a source id is a random
//! UUID; an address that another system gave, such as a phone number, opens nothing here.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tertulia_domain::contact::Contact;
use tertulia_domain::inbox::{Channel, Inbox};
use tertulia_domain::{AccountId, ContactId, Entropy, IdentityId, InboxId};
use tertulia_store::inboxes::{self, Door};
use tertulia_store::{Scope, contacts, identities, sockets};

use super::enter::{Entry, describe, enter, known};
use super::{Profile, Proof};
use crate::{Access, Change, Ctx, Engine, Error, Result, secret};

const KEY_PREFIX: &str = "in";
/// Bytes of the proof in a public key: nobody shall stumble over somebody else's inbox.
const KEY_PROOF_BYTES: usize = 16;
/// What a customer is called until a name is told.
const NAMELESS: &str = "Customer";

/// A customer that is let in.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub ctx: Ctx,
    pub inbox_id: InboxId,
    pub identity_id: IdentityId,
    pub contact_id: ContactId,
    pub source_id: String,
    /// A blocked customer reads what it has, and writes nothing.
    pub is_blocked: bool,
}

/// Somebody who comes, or comes back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Come {
    /// What the customer had before, or a UUID of its app; `None` for a new one.
    pub source_id: Option<String>,
    /// The business vouches for its user.
    pub identity: Option<Proof>,
    pub profile: Profile,
}

/// The public key of an API inbox. It says nothing about the inbox's secrets and never changes.
#[must_use]
pub fn public_key(account: AccountId, inbox: &Inbox) -> String {
    let proof = mac(account, inbox).map(|mac| mac.finalize().into_bytes());
    let proof = proof.as_ref().and_then(|proof| proof.get(..KEY_PROOF_BYTES)).unwrap_or_default();
    format!("{KEY_PREFIX}_{account}_{}_{}", inbox.id, secret::hex(proof))
}

/// The API inbox of a public key, when it is in service.
pub async fn door(engine: &Engine, key: &str) -> Result<Door> {
    let (account, inbox) = parts(key).ok_or(Error::NotFound("inbox"))?;
    let found = engine
        .store
        .read(Scope::Account(account), move |tx| inboxes::door(tx, account, inbox))
        .await?;
    let is_meant = |door: &Door| {
        door.inbox.channel == Channel::Api
            && door.inbox.enabled
            && secret::hash(&public_key(account, &door.inbox)) == secret::hash(key)
    };
    found.filter(is_meant).ok_or(Error::NotFound("inbox"))
}

/// The customer of a source id.
pub async fn recognise(engine: &Engine, key: &str, source_id: &str) -> Result<Customer> {
    let source_id = as_uuid(source_id).ok_or(Error::NotFound("contact"))?;
    let door = door(engine, key).await?;
    let (account, inbox, address) = (door.account_id, door.inbox.id, source_id.clone());
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let Some(known) = identities::resolve(tx, account, inbox, &address)? else {
            return Ok(None);
        };
        let found = sockets::by_identity(tx, account, known.identity_id)?;
        Ok::<_, tertulia_store::Error>(found.map(|found| (known.identity_id, found)))
    });
    let (identity_id, found) = read.await?.ok_or(Error::NotFound("contact"))?;
    engine.visitor_limits.request(identity_id)?;
    let (contact, room) = (found.contact_id, found.room_id);
    let access = Access::Visitor { inbox, identity: identity_id, contact, room };
    Ok(Customer {
        ctx: Ctx::new(account, access, found.contact_name),
        inbox_id: inbox,
        identity_id,
        contact_id: contact,
        source_id,
        is_blocked: found.blocked,
    })
}

/// Lets somebody in: as the one they were, as the proven person, or as somebody nobody knows.
/// Answers the source id that stands for them from now on.
pub async fn come(engine: &Engine, key: &str, ip: &str, command: Come) -> Result<String> {
    engine.visitor_limits.begin(ip)?;
    let door = door(engine, key).await?;
    if let Some(proof) = &command.identity {
        engine.visitor_limits.proof(ip)?;
        proof.check(&door.inbox.identity_secret)?;
    }
    let refused = || Error::invalid("/source_id", "is not a UUID; leave it out to be given one");
    let source_id = match &command.source_id {
        Some(text) => as_uuid(text).ok_or_else(refused)?,
        None => uuid(engine.entropy.as_ref()),
    };
    let profile = command.profile.tidy("")?;
    let ctx = Ctx::new(
        door.account_id,
        Access::Channel { inbox: door.inbox.id },
        door.inbox.name.clone(),
    );
    let arrival = Arrival { inbox: door.inbox.id, source_id, proof: command.identity, profile };
    engine.commit(&ctx, move |change| arrival.enter(change)).await
}

/// Adds to what is known of a customer. Whatever is told, the customer stays who it is.
pub async fn update(engine: &Engine, customer: &Customer, profile: Profile) -> Result<()> {
    if customer.is_blocked {
        return Err(Error::conflict("contact_blocked", "the contact is blocked"));
    }
    let (contact, profile) = (customer.contact_id, profile.tidy("")?);
    engine.commit(&customer.ctx, move |change| describe(change, contact, &profile).map(drop)).await
}

/// What is known of a customer.
pub async fn show(engine: &Engine, customer: &Customer) -> Result<Contact> {
    let (account, contact) = (customer.ctx.account_id, customer.contact_id);
    let read =
        engine.store.read(Scope::Account(account), move |tx| contacts::find(tx, account, contact));
    read.await?.ok_or(Error::NotFound("contact"))
}

struct Arrival {
    inbox: InboxId,
    source_id: String,
    proof: Option<Proof>,
    profile: Profile,
}

impl Arrival {
    fn enter(&self, change: &mut Change<'_, '_>) -> Result<String> {
        if let Some(before) = known(change, self.inbox, &self.source_id)? {
            describe(change, before.contact_id, &self.profile)?;
        } else if let Some(proof) = &self.proof {
            // The person's own history opens at this new place, too.
            let (_, contact) = enter(change, &self.entry(&proof.address(), true))?;
            let (account, now) = (change.ctx.account_id, change.now);
            identities::insert(
                change.tx,
                account,
                self.inbox,
                contact.id,
                &self.source_id,
                true,
                now,
            )?;
        } else {
            enter(change, &self.entry(&self.source_id, false))?;
        }
        Ok(self.source_id.clone())
    }

    fn entry<'a>(&'a self, address: &'a str, is_verified: bool) -> Entry<'a> {
        let name = self.proof.as_ref().map_or(NAMELESS, |proof| &proof.id);
        let (inbox, profile) = (self.inbox, &self.profile);
        Entry { inbox, address, is_verified, name, locale: None, profile }
    }
}

fn parts(key: &str) -> Option<(AccountId, InboxId)> {
    let mut parts = key.splitn(4, '_');
    let prefix = parts.next()?;
    let (account, inbox) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (prefix == KEY_PREFIX && parts.next().is_some()).then_some((AccountId(account), InboxId(inbox)))
}

/// The hook token is random, secret, and stays for the life of the inbox.
fn mac(account: AccountId, inbox: &Inbox) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(inbox.hook_token.as_bytes()).ok()?;
    mac.update(format!("public key {account} {}", inbox.id).as_bytes());
    Some(mac)
}

/// A random UUID (version 4 of RFC 9562).
pub(crate) fn uuid(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes);
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = *version & 0x0f | 0x40;
    *variant = *variant & 0x3f | 0x80;
    let hex = secret::hex(&bytes);
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

/// The text in lower case, when it is a UUID of any version.
fn as_uuid(text: &str) -> Option<String> {
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, u8)| match byte {
        b'-' => is_dash(at),
        byte => byte.is_ascii_hexdigit() && !is_dash(at),
    };
    (text.len() == 36 && text.bytes().enumerate().all(fits)).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xFF);
        }
    }

    #[test]
    fn a_source_id_is_a_uuid_and_nothing_that_can_be_guessed() {
        let made = uuid(&Fixed);
        assert_eq!(made, "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(as_uuid(&made.to_uppercase()), Some(made.clone()));
        for text in
            ["", "7", "+5511999990000", "ana@example.com", "user:7", made.trim_end_matches('f')]
        {
            assert_eq!(as_uuid(text), None, "{text}");
        }
        assert_eq!(as_uuid(&made.replace('-', "f")), None);
        assert_eq!(as_uuid(&"-".repeat(36)), None);
    }

    #[test]
    fn a_key_names_account_and_inbox() {
        assert_eq!(parts("in_3_7_abc"), Some((AccountId(3), InboxId(7))));
        for text in
            ["", "in", "in_3", "in_3_7", "wk_3_7_abc", "in_x_7_abc", "in_3_99999999999999999999_a"]
        {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
