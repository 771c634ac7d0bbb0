//! One macro for every closed set: Rust enum, stored text, `CHECK` list, JSON and OpenAPI in one place.

/// The text is not a member of the closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not one of: {allowed}")]
pub struct UnknownValue {
    pub value: String,
    pub allowed: String,
}

/// Declares a closed set whose members have one stable text, used in storage, JSON and OpenAPI alike.
///
/// The text is a `tt` and not a `literal`: a captured literal comes wrapped in an invisible group, which the OpenAPI
/// derive does not look into, and the document would show Rust's names.
macro_rules! closed_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every member, in order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable text of the member.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(crate::UnknownValue {
                        value: text.to_owned(),
                        allowed: [$($text),+].join(", "),
                    }),
                }
            }
        }
    };
}

pub(crate) use closed_enum;

/// Calls `$callback!(Type, …)` with every closed set that is stored as text.
#[macro_export]
macro_rules! for_each_stored_enum {
    ($callback:ident) => {
        $callback!(
            $crate::account::ConversationPolicy,
            $crate::actor::ActorKind,
            $crate::app::AppRole,
            $crate::app::ContractKind,
            $crate::attachment::AttachmentState,
            $crate::attachment::MediaKind,
            $crate::attribute_definition::AttributeKind,
            $crate::attribute_definition::Subject,
            $crate::conversation::HolderKind,
            $crate::conversation::Priority,
            $crate::conversation::RoomKind,
            $crate::conversation::SessionState,
            $crate::conversation::ParticipantKind,
            $crate::conversation::ParticipantRole,
            $crate::delivery::DeliveryStatus,
            $crate::event::Audience,
            $crate::event::EventKind,
            $crate::inbox::Channel,
            $crate::inbox::HealthState,
            $crate::message::Direction,
            $crate::message::SenderKind,
            $crate::message::Visibility,
            $crate::status::Status,
            $crate::user::OneTimePurpose,
            $crate::user::Role,
            $crate::webhook::DeliveryState,
        );
    };
}
