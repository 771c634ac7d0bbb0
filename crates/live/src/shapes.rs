//! How events are written for clients; given to the hub, because the one JSON shape of a thing is `engine`'s.

use tertulia_store::events::Event;

/// Turns journal rows into the JSON text of an event. `None`: not for this reader.
#[derive(Debug, Clone, Copy)]
pub struct Shapes {
    /// For people and programs of the account.
    pub staff: fn(&Event) -> Option<String>,
    /// For the customer of the room.
    pub visitor: fn(&Event) -> Option<String>,
}
