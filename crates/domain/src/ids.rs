//! Typed ids: one newtype per entity, so that a message id can never be passed for a room id.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
            #[serde(transparent)]
            #[schema(value_type = i64)]
            pub struct $name(pub i64);

            impl $name {
                /// The database value.
                #[must_use]
                pub fn get(self) -> i64 {
                    self.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl std::str::FromStr for $name {
                type Err = std::num::ParseIntError;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    text.parse().map($name)
                }
            }
        )+

        /// Calls `$callback!(Type, …)` with every id type.
        #[macro_export]
        macro_rules! for_each_id {
            ($callback:ident) => { $callback!($($crate::$name,)+); };
        }
    };
}

ids! {
    /// A tenant: one business.
    AccountId,
    /// An app that is installed in an account.
    AppId,
    /// An uploaded or received file.
    AttachmentId,
    /// What an attribute of contacts or conversations means.
    AttributeDefinitionId,
    /// A text that people write often.
    CannedResponseId,
    /// The customer's presence on one inbox inside a conversation.
    ChannelSessionId,
    /// A customer.
    ContactId,
    /// One episode of service in a room.
    ConversationId,
    /// One attempt history of one webhook event.
    DeliveryId,
    /// A row of the journal.
    EventId,
    /// An address of a contact in one inbox.
    IdentityId,
    /// One configured connection of a channel.
    InboxId,
    /// An invitation of a person to an account.
    InvitationId,
    /// A unit of background work.
    JobId,
    /// A label of conversations and contacts.
    LabelId,
    /// A message.
    MessageId,
    /// A participant of a conversation.
    ParticipantId,
    /// A stored input that could not be read.
    QuarantineId,
    /// An ordered log of messages.
    RoomId,
    /// A person's filter of a list.
    SavedFilterId,
    /// A signed-in browser.
    SessionId,
    /// A group of users.
    TeamId,
    /// An API token.
    TokenId,
    /// A person who works for accounts.
    UserId,
    /// An account's webhook endpoint.
    WebhookId,
}
