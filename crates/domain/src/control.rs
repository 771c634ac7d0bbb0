//! Control: who may speak to the customer now, fenced by an epoch that every change bumps.

use crate::closed::closed_enum;
use crate::conversation::HolderKind;
use crate::{AppId, Timestamp, UserId};

closed_enum! {
    /// How control changed.
    ControlVerb {
        /// A person speaks from now on.
        Take = "take",
        /// An app speaks from now on.
        Pass = "pass",
        /// The app asks for people.
        Offer = "offer",
        /// Nobody speaks.
        Release = "release",
    }
}

/// The control record of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    pub holder: Holder,
    /// Bumped by every change; a writer with an older epoch is stale.
    pub epoch: i64,
    /// An app holds control and has asked for people, since then. It may go on speaking until one comes,
    /// so that the customer is never left with nobody.
    pub offered_at: Option<Timestamp>,
}

/// Who holds control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    App(AppId),
    Agent(UserId),
}

impl Control {
    /// Nobody has spoken yet.
    pub const FREE: Control = Control { holder: Holder::Nobody, epoch: 0, offered_at: None };

    /// A person takes control: always allowed, whoever holds it. The same holder keeps its epoch.
    #[must_use]
    pub fn take(self, user: UserId) -> Control {
        self.become_of(Holder::Agent(user), None)
    }

    /// The app is the one that speaks from now on.
    #[must_use]
    pub fn pass(self, app: AppId) -> Control {
        self.become_of(Holder::App(app), None)
    }

    /// The app begins to speak where nobody does, and people stay asked for.
    #[must_use]
    pub fn step_in(self, app: AppId, now: Timestamp) -> Control {
        self.become_of(Holder::App(app), Some(now))
    }

    /// The app asks for people and keeps control until one comes. Only an app has something to offer.
    #[must_use]
    pub fn offer(self, now: Timestamp) -> Control {
        match self.holder {
            Holder::App(_) => self.become_of(self.holder, self.offered_at.or(Some(now))),
            Holder::Nobody | Holder::Agent(_) => self,
        }
    }

    /// The holder lets go.
    #[must_use]
    pub fn release(self) -> Control {
        self.become_of(Holder::Nobody, None)
    }

    fn become_of(self, holder: Holder, offered_at: Option<Timestamp>) -> Control {
        if self.holder == holder && self.offered_at == offered_at {
            return self;
        }
        Control { holder, epoch: self.epoch + 1, offered_at }
    }
}

impl Holder {
    /// The kind and the id, as they are stored.
    #[must_use]
    pub fn parts(self) -> (HolderKind, Option<i64>) {
        match self {
            Holder::Nobody => (HolderKind::Nobody, None),
            Holder::App(id) => (HolderKind::App, Some(id.0)),
            Holder::Agent(id) => (HolderKind::Agent, Some(id.0)),
        }
    }

    /// The inverse of [`Holder::parts`]; a kind without its id is nobody.
    #[must_use]
    pub fn from_parts(kind: HolderKind, id: Option<i64>) -> Self {
        match (kind, id) {
            (HolderKind::App, Some(id)) => Holder::App(AppId(id)),
            (HolderKind::Agent, Some(id)) => Holder::Agent(UserId(id)),
            (HolderKind::Nobody, _) | (HolderKind::App | HolderKind::Agent, None) => Holder::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_holder_bumps_the_epoch_and_only_a_change_does() {
        let anna = Control::FREE.take(UserId(1));
        assert_eq!(anna, Control { holder: Holder::Agent(UserId(1)), epoch: 1, offered_at: None });
        assert_eq!(anna.take(UserId(1)), anna);
        assert_eq!(anna.take(UserId(2)).epoch, 2);
        let released = Control { holder: Holder::Nobody, epoch: 2, offered_at: None };
        assert_eq!(anna.release(), released);
    }

    #[test]
    fn an_app_that_asks_for_people_goes_on_until_one_comes() {
        let bot = Control::FREE.pass(AppId(7));
        let offered = bot.offer(Timestamp(5));
        assert_eq!(offered.holder, Holder::App(AppId(7)));
        assert_eq!((offered.offered_at, offered.epoch), (Some(Timestamp(5)), 2));
        assert_eq!(offered.offer(Timestamp(9)), offered, "the first asking counts");
        let taken = offered.take(UserId(1));
        assert_eq!((taken.holder, taken.offered_at), (Holder::Agent(UserId(1)), None));
        assert_eq!(offered.pass(AppId(7)).offered_at, None, "given back to the same app");
    }

    #[test]
    fn nobody_and_people_have_nothing_to_offer() {
        let anna = Control::FREE.take(UserId(1));
        assert_eq!(anna.offer(Timestamp(5)), anna);
        assert_eq!(Control::FREE.offer(Timestamp(5)), Control::FREE);
    }
}
