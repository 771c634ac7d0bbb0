//! Who may do what: permissions of roles, and scopes of tokens, which are the same words.

use crate::closed::closed_enum;
use crate::user::Role;

closed_enum! {
    /// One thing that a principal may be allowed to do; also the scope of a token.
    Permission {
        /// See conversations, messages and drafts of visible inboxes.
        ConversationsRead = "conversations:read",
        /// Write messages, assign, label, snooze, resolve.
        ConversationsWrite = "conversations:write",
        ContactsRead = "contacts:read",
        ContactsWrite = "contacts:write",
        /// Import, export, merge and erase contacts.
        ContactsManage = "contacts:manage",
        /// See people, teams, inboxes and labels.
        SettingsRead = "settings:read",
        LabelsManage = "labels:manage",
        TeamsManage = "teams:manage",
        UsersManage = "users:manage",
        InboxesManage = "inboxes:manage",
        TokensManage = "tokens:manage",
        WebhooksManage = "webhooks:manage",
        AppsManage = "apps:manage",
        AccountManage = "account:manage",
        /// Follow the account's whole journal.
        EventsRead = "events:read",
        /// See every conversation, not only those of one's inboxes.
        InboxesAll = "inboxes:all",
    }
}

/// Whether a role includes a permission.
#[must_use]
pub fn allows(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match permission {
        P::ConversationsRead
        | P::ConversationsWrite
        | P::ContactsRead
        | P::ContactsWrite
        | P::SettingsRead => true,
        P::ContactsManage | P::LabelsManage | P::EventsRead | P::InboxesAll => {
            matches!(role, Role::Administrator | Role::Supervisor)
        }
        P::TeamsManage
        | P::UsersManage
        | P::InboxesManage
        | P::TokensManage
        | P::WebhooksManage
        | P::AppsManage
        | P::AccountManage => matches!(role, Role::Administrator),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_includes_the_one_below_it() {
        for &permission in Permission::ALL {
            let [agent, supervisor, administrator] =
                [Role::Agent, Role::Supervisor, Role::Administrator].map(|r| allows(r, permission));
            assert!(administrator, "{permission} belongs to nobody");
            assert!(!agent || supervisor, "{permission}: an agent may, a supervisor may not");
        }
    }

    #[test]
    fn secrets_and_people_are_the_administrators() {
        for permission in [
            Permission::UsersManage,
            Permission::InboxesManage,
            Permission::TokensManage,
            Permission::WebhooksManage,
            Permission::AppsManage,
            Permission::AccountManage,
        ] {
            assert!(!allows(Role::Supervisor, permission), "{permission}");
        }
    }
}
