//! Control: who may speak to the customer now, fenced by an epoch that every change bumps.

use crate::conversation::HolderKind;

/// The control record of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    pub holder: Holder,
    /// Bumped by every change of holder; a writer with an older epoch is stale.
    pub epoch: i64,
}

/// Who holds control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    App(i64),
    Agent(crate::UserId),
}

impl Control {
    /// Nobody has spoken yet.
    pub const FREE: Control = Control { holder: Holder::Nobody, epoch: 0 };

    /// A person takes control: always allowed, whoever holds it. The same holder keeps its epoch.
    #[must_use]
    pub fn take(self, user: crate::UserId) -> Control {
        self.give(Holder::Agent(user))
    }

    /// The holder lets go.
    #[must_use]
    pub fn release(self) -> Control {
        self.give(Holder::Nobody)
    }

    fn give(self, holder: Holder) -> Control {
        if self.holder == holder { self } else { Control { holder, epoch: self.epoch + 1 } }
    }
}

impl Holder {
    /// The kind and the id, as they are stored.
    #[must_use]
    pub fn parts(self) -> (HolderKind, Option<i64>) {
        match self {
            Holder::Nobody => (HolderKind::Nobody, None),
            Holder::App(id) => (HolderKind::App, Some(id)),
            Holder::Agent(id) => (HolderKind::Agent, Some(id.0)),
        }
    }

    /// The inverse of [`Holder::parts`]; a kind without its id is nobody.
    #[must_use]
    pub fn from_parts(kind: HolderKind, id: Option<i64>) -> Self {
        match (kind, id) {
            (HolderKind::App, Some(id)) => Holder::App(id),
            (HolderKind::Agent, Some(id)) => Holder::Agent(crate::UserId(id)),
            (HolderKind::Nobody, _) | (HolderKind::App | HolderKind::Agent, None) => Holder::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UserId;

    #[test]
    fn every_change_of_holder_bumps_the_epoch_and_only_a_change_does() {
        let anna = Control::FREE.take(UserId(1));
        assert_eq!(anna, Control { holder: Holder::Agent(UserId(1)), epoch: 1 });
        assert_eq!(anna.take(UserId(1)), anna);
        assert_eq!(anna.take(UserId(2)).epoch, 2);
        assert_eq!(anna.release(), Control { holder: Holder::Nobody, epoch: 2 });
    }
}
