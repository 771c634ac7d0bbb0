//! Who is there, as `presence.update` tells it: always everybody, because clients replace what they had.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tertulia_domain::user::PresenceState;
use tertulia_domain::{AccountId, ContactId, UserId};

use crate::compat::chatwoot::shapes::user::availability;

/// Everybody who is there, as far as one socket sees them.
#[derive(Debug, Default)]
pub(super) struct Roster {
    users: BTreeMap<UserId, PresenceState>,
    contacts: BTreeMap<ContactId, PresenceState>,
}

impl Roster {
    pub(super) fn set_user(&mut self, user: UserId, state: PresenceState) {
        set(&mut self.users, user, state);
    }

    pub(super) fn set_contact(&mut self, contact: ContactId, state: PresenceState) {
        set(&mut self.contacts, contact, state);
    }

    /// For people of the account.
    pub(super) fn for_agents(&self, account: AccountId) -> Value {
        let contacts = self.contacts.iter().map(|(id, state)| (id.0, *state));
        json!({
            "account_id": account,
            "users": map(self.users()),
            "contacts": map(contacts),
        })
    }

    /// For a customer, who is not told of other customers.
    pub(super) fn for_contact(&self, account: AccountId) -> Value {
        json!({ "account_id": account, "users": map(self.users()) })
    }

    fn users(&self) -> impl Iterator<Item = (i64, PresenceState)> {
        self.users.iter().map(|(id, state)| (id.0, *state))
    }
}

fn set<K: Ord>(there: &mut BTreeMap<K, PresenceState>, who: K, state: PresenceState) {
    match state {
        PresenceState::Offline => there.remove(&who),
        PresenceState::Online | PresenceState::Away => there.insert(who, state),
    };
}

fn map(states: impl Iterator<Item = (i64, PresenceState)>) -> Value {
    states.map(|(id, state)| (id.to_string(), Value::from(availability(state)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_left_is_not_in_the_next_update() {
        let mut roster = Roster::default();
        roster.set_user(UserId(7), PresenceState::Online);
        roster.set_user(UserId(8), PresenceState::Away);
        roster.set_contact(ContactId(9), PresenceState::Online);
        let account = AccountId(1);
        assert_eq!(
            roster.for_agents(account),
            json!({"account_id": 1, "users": {"7": "online", "8": "busy"}, "contacts": {"9": "online"}})
        );
        roster.set_user(UserId(7), PresenceState::Offline);
        assert_eq!(roster.for_contact(account), json!({"account_id": 1, "users": {"8": "busy"}}));
    }
}
