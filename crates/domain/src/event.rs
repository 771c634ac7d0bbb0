//! Kinds of journal events: the account's feed and its audit trail are the same rows.

use crate::access::Permission;
use crate::closed::closed_enum;

closed_enum! {
    /// Who may see an event in real time.
    Audience {
        /// People and apps of the account.
        Staff = "staff",
        /// Also the customer of the room.
        Everyone = "everyone",
    }
}

closed_enum! {
    /// What happened.
    EventKind {
        AccountUpdated = "account.updated",
        AppCreated = "app.created",
        AppDeleted = "app.deleted",
        AppTokenRotated = "app.token_rotated",
        AppUpdated = "app.updated",
        AttributeDefinitionCreated = "attribute_definition.created",
        AttributeDefinitionDeleted = "attribute_definition.deleted",
        AttributeDefinitionUpdated = "attribute_definition.updated",
        CannedResponseCreated = "canned_response.created",
        CannedResponseDeleted = "canned_response.deleted",
        CannedResponseUpdated = "canned_response.updated",
        ContactBlocked = "contact.blocked",
        ContactCreated = "contact.created",
        ContactErased = "contact.erased",
        ContactExported = "contact.exported",
        ContactMerged = "contact.merged",
        ContactUnblocked = "contact.unblocked",
        ContactUpdated = "contact.updated",
        ContactsExported = "contacts.exported",
        ContactsImported = "contacts.imported",
        ControlChanged = "control.changed",
        ConversationCreated = "conversation.created",
        ConversationRead = "conversation.read",
        ConversationUpdated = "conversation.updated",
        IdentityLinked = "identity.linked",
        InboxCreated = "inbox.created",
        InboxDeleted = "inbox.deleted",
        InboxSecretRotated = "inbox.secret_rotated",
        InboxUpdated = "inbox.updated",
        InputQuarantined = "input.quarantined",
        InvitationAccepted = "invitation.accepted",
        InvitationCreated = "invitation.created",
        InvitationRevoked = "invitation.revoked",
        LabelCreated = "label.created",
        LabelDeleted = "label.deleted",
        LabelUpdated = "label.updated",
        MessageCreated = "message.created",
        MessageUpdated = "message.updated",
        PasswordChanged = "password.changed",
        PasswordResetCreated = "password_reset.created",
        SavedFilterCreated = "saved_filter.created",
        SavedFilterDeleted = "saved_filter.deleted",
        SavedFilterUpdated = "saved_filter.updated",
        SessionCreated = "session.created",
        SessionRevoked = "session.revoked",
        TeamCreated = "team.created",
        TeamDeleted = "team.deleted",
        TeamUpdated = "team.updated",
        TokenCreated = "token.created",
        TokenRevoked = "token.revoked",
        TotpDisabled = "totp.disabled",
        TotpEnabled = "totp.enabled",
        UserCreated = "user.created",
        UserDeleted = "user.deleted",
        UserUpdated = "user.updated",
        VisitorRevoked = "visitor.revoked",
        WebhookCreated = "webhook.created",
        WebhookDeleted = "webhook.deleted",
        WebhookDisabled = "webhook.disabled",
        WebhookSecretRotated = "webhook.secret_rotated",
        WebhookTested = "webhook.tested",
        WebhookUpdated = "webhook.updated",
        WidgetOpened = "widget.opened",
    }
}

impl EventKind {
    /// What a principal of the account needs in order to see events of this kind.
    ///
    /// Events of a conversation are in addition only for those who see its inbox.
    #[must_use]
    pub fn permission(self) -> Permission {
        use EventKind as K;
        match self {
            K::ControlChanged
            | K::ConversationCreated
            | K::ConversationRead
            | K::ConversationUpdated
            | K::MessageCreated
            | K::MessageUpdated
            | K::WidgetOpened => Permission::ConversationsRead,
            K::ContactBlocked
            | K::ContactCreated
            | K::ContactErased
            | K::ContactMerged
            | K::ContactUnblocked
            | K::ContactUpdated => Permission::ContactsRead,
            K::AccountUpdated
            | K::AppCreated
            | K::AppDeleted
            | K::AppUpdated
            | K::AttributeDefinitionCreated
            | K::AttributeDefinitionDeleted
            | K::AttributeDefinitionUpdated
            | K::CannedResponseCreated
            | K::CannedResponseDeleted
            | K::CannedResponseUpdated
            | K::InboxCreated
            | K::InboxDeleted
            | K::InboxUpdated
            | K::LabelCreated
            | K::LabelDeleted
            | K::LabelUpdated
            | K::TeamCreated
            | K::TeamDeleted
            | K::TeamUpdated
            | K::UserCreated
            | K::UserDeleted
            | K::UserUpdated => Permission::SettingsRead,
            K::AppTokenRotated
            | K::ContactExported
            | K::ContactsExported
            | K::ContactsImported
            | K::IdentityLinked
            | K::InboxSecretRotated
            | K::InputQuarantined
            | K::InvitationAccepted
            | K::InvitationCreated
            | K::InvitationRevoked
            | K::PasswordChanged
            | K::PasswordResetCreated
            | K::SavedFilterCreated
            | K::SavedFilterDeleted
            | K::SavedFilterUpdated
            | K::SessionCreated
            | K::SessionRevoked
            | K::TokenCreated
            | K::TokenRevoked
            | K::TotpDisabled
            | K::TotpEnabled
            | K::VisitorRevoked
            | K::WebhookCreated
            | K::WebhookDeleted
            | K::WebhookDisabled
            | K::WebhookSecretRotated
            | K::WebhookTested
            | K::WebhookUpdated => Permission::EventsRead,
        }
    }
}
