//! The server's side of ActionCable as a state machine: texts in, steps out, no I/O.

use serde::Deserialize;

use super::frames::{self, Command, Reason};
use super::identifier::Identifier;

/// Subscriptions of one connection; clients have one.
pub(super) const SUBSCRIPTIONS_MAX: usize = 8;
/// Texts that make no sense after which the connection is ended.
const NONSENSE_MAX: u32 = 20;

/// The subscriptions of one connection, by the identifiers that the client gave.
#[derive(Debug, Default)]
pub(super) struct Protocol {
    subscriptions: Vec<(String, State)>,
    nonsense: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The token is being looked at.
    Asked,
    Confirmed,
}

/// What a text leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Nothing,
    Send(String),
    /// Find out whether this room may be joined, then [`Protocol::confirm`] or [`Protocol::reject`].
    Join {
        identifier: String,
        room: Identifier,
    },
    Leave {
        identifier: String,
    },
    /// Whoever subscribed is there.
    Present {
        identifier: String,
    },
    End(Reason),
}

#[derive(Deserialize)]
struct Action {
    action: String,
}

impl Protocol {
    /// Takes a text of the client.
    pub(super) fn hear(&mut self, text: &str) -> Step {
        match Command::read(text) {
            Some(Command::Subscribe { identifier }) => self.subscribe(identifier),
            Some(Command::Unsubscribe { identifier }) => match self.forget(&identifier) {
                true => Step::Leave { identifier },
                false => Step::Nothing,
            },
            Some(Command::Message { identifier, data }) => self.perform(identifier, &data),
            None => self.nonsense(),
        }
    }

    /// The room was joined.
    pub(super) fn confirm(&mut self, identifier: &str) -> String {
        for (known, state) in &mut self.subscriptions {
            if known == identifier {
                *state = State::Confirmed;
            }
        }
        frames::confirm(identifier)
    }

    /// The room may not be joined, or no longer.
    pub(super) fn reject(&mut self, identifier: &str) -> String {
        self.forget(identifier);
        frames::reject(identifier)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.subscriptions.is_empty()
    }

    fn subscribe(&mut self, identifier: String) -> Step {
        if self.subscriptions.iter().any(|(known, _)| *known == identifier) {
            // Clients ask again until they are answered; the answer is on its way, or was sent.
            return Step::Nothing;
        }
        let room = Identifier::read(&identifier);
        match room.filter(|_| self.subscriptions.len() < SUBSCRIPTIONS_MAX) {
            Some(room) => {
                self.subscriptions.push((identifier.clone(), State::Asked));
                Step::Join { identifier, room }
            }
            None => Step::Send(frames::reject(&identifier)),
        }
    }

    fn perform(&mut self, identifier: String, data: &str) -> Step {
        let is_confirmed = self.subscriptions.contains(&(identifier.clone(), State::Confirmed));
        let Ok(Action { action }) = serde_json::from_str(data) else { return self.nonsense() };
        if is_confirmed && action == "update_presence" {
            return Step::Present { identifier };
        }
        // Actions of later versions are no reason to end the connection.
        Step::Nothing
    }

    /// True when there was such a subscription.
    fn forget(&mut self, identifier: &str) -> bool {
        let before = self.subscriptions.len();
        self.subscriptions.retain(|(known, _)| known != identifier);
        self.subscriptions.len() < before
    }

    fn nonsense(&mut self) -> Step {
        self.nonsense += 1;
        if self.nonsense > NONSENSE_MAX { Step::End(Reason::InvalidRequest) } else { Step::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn room(token: &str) -> String {
        format!(r#"{{"channel":"RoomChannel","pubsub_token":"{token}"}}"#)
    }

    fn command(command: &str, identifier: &str) -> String {
        json!({ "command": command, "identifier": identifier }).to_string()
    }

    fn present(identifier: &str) -> String {
        let data = r#"{"action":"update_presence"}"#;
        json!({ "command": "message", "identifier": identifier, "data": data }).to_string()
    }

    #[test]
    fn a_room_is_asked_for_once_confirmed_and_left() {
        let (mut protocol, room) = (Protocol::default(), room("a"));
        let Step::Join { identifier, .. } = protocol.hear(&command("subscribe", &room)) else {
            panic!("not asked");
        };
        assert_eq!(identifier, room);
        assert_eq!(protocol.hear(&command("subscribe", &room)), Step::Nothing, "asked already");
        assert_eq!(protocol.hear(&present(&room)), Step::Nothing, "not joined yet");
        assert_eq!(protocol.confirm(&room), frames::confirm(&room));
        assert_eq!(protocol.hear(&present(&room)), Step::Present { identifier: room.clone() });
        assert_eq!(protocol.hear(&command("subscribe", &room)), Step::Nothing);
        let left = Step::Leave { identifier: room.clone() };
        assert_eq!(protocol.hear(&command("unsubscribe", &room)), left);
        assert_eq!(protocol.hear(&command("unsubscribe", &room)), Step::Nothing);
        assert!(protocol.is_idle());
    }

    #[test]
    fn a_rejected_room_may_be_asked_for_again() {
        let (mut protocol, room) = (Protocol::default(), room("a"));
        protocol.hear(&command("subscribe", &room));
        assert_eq!(protocol.reject(&room), frames::reject(&room));
        assert!(protocol.is_idle());
        assert!(matches!(protocol.hear(&command("subscribe", &room)), Step::Join { .. }));
    }

    #[test]
    fn other_channels_and_too_many_rooms_are_rejected() {
        let mut protocol = Protocol::default();
        let other = r#"{"channel":"AdminChannel","pubsub_token":"a"}"#;
        let rejected = Step::Send(frames::reject(other));
        assert_eq!(protocol.hear(&command("subscribe", other)), rejected);
        for number in 0..SUBSCRIPTIONS_MAX {
            let step = protocol.hear(&command("subscribe", &room(&number.to_string())));
            assert!(matches!(step, Step::Join { .. }));
        }
        let rejected = Step::Send(frames::reject(&room("more")));
        assert_eq!(protocol.hear(&command("subscribe", &room("more"))), rejected);
    }

    #[test]
    fn nonsense_is_borne_for_a_while_and_unknown_actions_for_ever() {
        let (mut protocol, room) = (Protocol::default(), room("a"));
        protocol.hear(&command("subscribe", &room));
        protocol.confirm(&room);
        let unknown =
            json!({"command": "message", "identifier": room, "data": r#"{"action":"x"}"#});
        for _ in 0..100 {
            assert_eq!(protocol.hear(&unknown.to_string()), Step::Nothing);
        }
        for _ in 0..NONSENSE_MAX {
            assert_eq!(protocol.hear("nonsense"), Step::Nothing);
        }
        assert_eq!(protocol.hear("nonsense"), Step::End(Reason::InvalidRequest));
    }
}
