//! The website says who its visitor is. See the module's head for what becomes of the history.

use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::{ContactId, IdentityId};
use tertulia_store::{Scope, contacts, identities, inboxes, visitors};

use super::enter::{Entry, admitted, describe, enter, known};
use super::{Admitted, Proof, Visitor, token};
use crate::{Change, Engine, Error, Fact, Result};

/// Proves who a visitor is; answers the token that stands for that person from now on.
pub async fn identify(
    engine: &Engine,
    visitor: &Visitor,
    secret: &str,
    ip: &str,
    proof: Proof,
) -> Result<Admitted> {
    engine.visitor_limits.proof(ip)?;
    let (account, inbox) = (visitor.ctx.account_id, visitor.inbox_id);
    let read =
        engine.store.read(Scope::Account(account), move |tx| inboxes::get(tx, account, inbox));
    let inbox = read.await?.ok_or(Error::NotFound("inbox"))?;
    proof.check(&inbox.identity_secret)?;
    let profile = proof.profile.clone().tidy("")?;
    let proof = Proof { profile, ..proof };
    let next = token::generate(engine.entropy.as_ref());
    let (who, present) = (visitor.clone(), secret.to_owned());
    let body = move |change: &mut Change<'_, '_>| {
        let switch = Switch { visitor: &who, inbox: &inbox, proof: &proof };
        switch.run(change, &present, &next)
    };
    engine.commit(&visitor.ctx, body).await
}

struct Switch<'a> {
    visitor: &'a Visitor,
    inbox: &'a Inbox,
    proof: &'a Proof,
}

impl Switch<'_> {
    fn run(&self, change: &mut Change<'_, '_>, present: &str, next: &str) -> Result<Admitted> {
        let address = self.proof.address();
        let person = known(change, self.inbox.id, &address)?;
        if let Some(person) = &person
            && person.identity_id == self.visitor.identity_id
        {
            let contact = describe(change, person.contact_id, &self.proof.profile)?;
            return Ok(admitted(present.to_owned(), &contact, true));
        }
        let is_anonymous = !self.visitor.view.verified;
        let (identity, contact) = match person {
            Some(_) => self.enter(change, &address)?,
            None if is_anonymous => self.become_known(change, &address)?,
            // Somebody else signs in at the same browser: nothing is carried over.
            None => self.enter(change, &address)?,
        };
        self.replace_token(change, identity, contact, next)?;
        let contact = contacts::find(change.tx, change.ctx.account_id, contact)?;
        Ok(admitted(next.to_owned(), &contact.ok_or(Error::NotFound("contact"))?, true))
    }

    /// The person's own contact, made when there is none.
    fn enter(&self, change: &mut Change<'_, '_>, address: &str) -> Result<(IdentityId, ContactId)> {
        let entry = Entry {
            inbox: self.inbox.id,
            address,
            is_verified: true,
            name: &self.proof.id,
            locale: None,
            profile: &self.proof.profile,
        };
        let (identity, contact) = enter(change, &entry)?;
        Ok((identity, contact.id))
    }

    /// The anonymous contact turns out to be this person: same room, same history.
    fn become_known(
        &self,
        change: &mut Change<'_, '_>,
        address: &str,
    ) -> Result<(IdentityId, ContactId)> {
        let (account, contact) = (change.ctx.account_id, self.visitor.contact_id);
        let (inbox, now) = (self.inbox.id, change.now);
        let identity = identities::insert(change.tx, account, inbox, contact, address, true, now)?;
        contacts::verify(change.tx, account, contact, now)?;
        describe(change, contact, &self.proof.profile)?;
        change.tell_contact(EventKind::ContactUpdated, contact)?;
        Ok((identity, contact))
    }

    /// From now on the new token counts; what the old one had open ends.
    fn replace_token(
        &self,
        change: &mut Change<'_, '_>,
        identity: IdentityId,
        contact: ContactId,
        next: &str,
    ) -> Result<()> {
        let account = change.ctx.account_id;
        let hash = token::hash(next)
            .ok_or_else(|| Error::Internal("a new token does not look like one".to_owned()))?;
        let new = visitors::NewToken {
            inbox: self.inbox.id,
            identity,
            token_hash: &hash,
            page: self.visitor.page.clone(),
            now: change.now,
        };
        visitors::insert_token(change.tx, account, &new)?;
        visitors::revoke_token(change.tx, account, &self.visitor.token_hash, change.now)?;
        let data = serde_json::json!({
            "contact_id": self.visitor.contact_id,
            "identified_as": contact,
        });
        let fact = Fact::new(EventKind::VisitorRevoked, data);
        change.record(&fact.about(self.visitor.identity_id.0)).map(drop)
    }
}
