//! Role by use case: each is tried as every role, and only those who may get past the permission.

use std::future::Future;
use std::pin::Pin;

use tertulia_domain::access::{Permission, allows};
use tertulia_domain::attribute_definition::{AttributeKind, Subject};
use tertulia_domain::inbox::Channel;
use tertulia_domain::user::Role;
use tertulia_domain::{
    AttributeDefinitionId, CannedResponseId, InboxId, InvitationId, LabelId, SavedFilterId, TeamId,
    TokenId, UserId,
};
use tertulia_engine::{
    Access, Ctx, Engine, Error, accounts, attribute_definitions, canned_responses, inboxes,
    invitations, labels, password_resets, profile, saved_filters, sessions, teams, tokens, totp,
    users,
};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::World;

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;
type Try = for<'a> fn(&'a Engine, &'a Ctx) -> Outcome<'a>;

/// Names that nothing has: past the permission, the use case says that there is no such thing.
const NOTHING: i64 = 999_999;

macro_rules! attempt {
    ($path:path $(, $argument:expr)*) => {
        |engine, ctx| Box::pin(async move { $path(engine, ctx $(, $argument)*).await.map(drop) })
    };
}

fn cases() -> Vec<(&'static str, Permission, Try)> {
    [people(), settings(), library(), filters(), connections()].concat()
}

fn people() -> Vec<(&'static str, Permission, Try)> {
    use Permission as P;
    vec![
        ("accounts/update", P::AccountManage, attempt!(accounts::update, Default::default())),
        (
            "users/update",
            P::UsersManage,
            attempt!(users::update, UserId(NOTHING), Default::default()),
        ),
        ("users/remove", P::UsersManage, attempt!(users::remove, UserId(NOTHING))),
        (
            "users/create",
            P::UsersManage,
            attempt!(
                users::create,
                users::Create {
                    email: String::new(),
                    name: String::new(),
                    locale: String::new(),
                    role: Role::Agent,
                    password: String::new(),
                }
            ),
        ),
        (
            "password_resets/create",
            P::UsersManage,
            attempt!(password_resets::create, UserId(NOTHING)),
        ),
        (
            "invitations/create",
            P::UsersManage,
            attempt!(
                invitations::create,
                invitations::Create { email: String::new(), role: Role::Agent }
            ),
        ),
        (
            "invitations/revoke",
            P::UsersManage,
            attempt!(invitations::revoke, InvitationId(NOTHING)),
        ),
    ]
}

fn settings() -> Vec<(&'static str, Permission, Try)> {
    use Permission as P;
    vec![
        (
            "tokens/create",
            P::TokensManage,
            attempt!(
                tokens::create,
                tokens::Create { name: String::new(), scopes: Vec::new(), expires_at: None }
            ),
        ),
        ("tokens/revoke", P::TokensManage, attempt!(tokens::revoke, TokenId(NOTHING))),
        (
            "teams/create",
            P::TeamsManage,
            attempt!(
                teams::create,
                teams::Create {
                    name: String::new(),
                    description: String::new(),
                    member_ids: Vec::new(),
                }
            ),
        ),
        (
            "teams/update",
            P::TeamsManage,
            attempt!(teams::update, TeamId(NOTHING), Default::default()),
        ),
        ("teams/delete", P::TeamsManage, attempt!(teams::delete, TeamId(NOTHING))),
        (
            "labels/create",
            P::LabelsManage,
            attempt!(
                labels::create,
                labels::Create {
                    name: String::new(),
                    color: String::new(),
                    description: String::new(),
                }
            ),
        ),
        (
            "labels/update",
            P::LabelsManage,
            attempt!(labels::update, LabelId(NOTHING), Default::default()),
        ),
        ("labels/delete", P::LabelsManage, attempt!(labels::delete, LabelId(NOTHING))),
    ]
}

fn library() -> Vec<(&'static str, Permission, Try)> {
    use Permission as P;
    vec![
        (
            "canned_responses/create",
            P::ConversationsWrite,
            attempt!(
                canned_responses::create,
                canned_responses::Create { short_code: String::new(), content: String::new() }
            ),
        ),
        (
            "canned_responses/update",
            P::ConversationsWrite,
            attempt!(canned_responses::update, CannedResponseId(NOTHING), Default::default()),
        ),
        (
            "canned_responses/delete",
            P::ConversationsWrite,
            attempt!(canned_responses::delete, CannedResponseId(NOTHING)),
        ),
        (
            "attribute_definitions/create",
            P::AccountManage,
            attempt!(
                attribute_definitions::create,
                attribute_definitions::Create {
                    subject: Subject::Contact,
                    key: String::new(),
                    name: String::new(),
                    description: String::new(),
                    kind: AttributeKind::Text,
                    choices: Vec::new(),
                    pattern: None,
                    cue: None,
                }
            ),
        ),
        (
            "attribute_definitions/update",
            P::AccountManage,
            attempt!(
                attribute_definitions::update,
                AttributeDefinitionId(NOTHING),
                Default::default()
            ),
        ),
        (
            "attribute_definitions/delete",
            P::AccountManage,
            attempt!(attribute_definitions::delete, AttributeDefinitionId(NOTHING)),
        ),
    ]
}

fn filters() -> Vec<(&'static str, Permission, Try)> {
    use Permission as P;
    vec![
        (
            "saved_filters/create",
            P::ConversationsRead,
            attempt!(
                saved_filters::create,
                saved_filters::Create {
                    subject: Subject::Contact,
                    name: String::new(),
                    query: Default::default(),
                }
            ),
        ),
        (
            "saved_filters/update",
            P::ConversationsRead,
            attempt!(saved_filters::update, SavedFilterId(NOTHING), Default::default()),
        ),
        (
            "saved_filters/delete",
            P::ConversationsRead,
            attempt!(saved_filters::delete, SavedFilterId(NOTHING)),
        ),
    ]
}

fn connections() -> Vec<(&'static str, Permission, Try)> {
    use Permission as P;
    vec![
        (
            "inboxes/create",
            P::InboxesManage,
            attempt!(
                inboxes::create,
                inboxes::Create {
                    name: String::new(),
                    channel: Channel::Api,
                    settings: Default::default(),
                }
            ),
        ),
        (
            "inboxes/update",
            P::InboxesManage,
            attempt!(inboxes::update, InboxId(NOTHING), Default::default()),
        ),
        ("inboxes/delete", P::InboxesManage, attempt!(inboxes::delete, InboxId(NOTHING))),
        ("inboxes/secrets", P::InboxesManage, attempt!(inboxes::secrets, InboxId(NOTHING))),
        (
            "inboxes/rotate_secret",
            P::InboxesManage,
            attempt!(inboxes::rotate_secret, InboxId(NOTHING)),
        ),
        (
            "inboxes/set_members",
            P::InboxesManage,
            attempt!(inboxes::set_members, InboxId(NOTHING), Vec::new()),
        ),
    ]
}

on_every_engine!(every_role_meets_exactly_its_permissions, async |db: &TestDb| {
    let world = World::new(db).await;
    let account = world.admin.account_id;
    for &role in Role::ALL {
        let id = world.person(&format!("{role}@example.com"), role).await;
        let person = Ctx::new(account, Access::User { id, role }, "Bo".to_owned());
        for (name, permission, attempt) in cases() {
            let outcome = attempt(&world.engine, &person).await;
            let forbidden = outcome == Err(Error::Forbidden { permission: permission.as_str() });
            assert_eq!(forbidden, !allows(role, permission), "{name} as {role}: {outcome:?}");
            // The same person's token without the scope: told apart from a person who may not.
            let access = Access::Token { id: TokenId(1), user: id, role, scopes: Vec::new() };
            let token = Ctx::new(account, access, "ci".to_owned());
            let outcome = attempt(&world.engine, &token).await;
            let missing = Err(Error::ScopeMissing { scope: permission.as_str() });
            let expected = if allows(role, permission) {
                &missing
            } else {
                &Err(Error::Forbidden { permission: permission.as_str() })
            };
            assert_eq!(&outcome, expected, "{name} as a token of {role}");
        }
    }
});

on_every_engine!(what_is_only_the_persons_own_takes_no_token, async |db: &TestDb| {
    let world = World::new(db).await;
    let id = world.admin.user().unwrap();
    let scopes = Permission::ALL.to_vec();
    let access = Access::Token { id: TokenId(1), user: id, role: Role::Administrator, scopes };
    let token = Ctx::new(world.admin.account_id, access, "ci".to_owned());
    let own: Vec<(&str, Try)> = vec![
        ("profile/update", attempt!(profile::update, Default::default())),
        (
            "profile/change_password",
            attempt!(
                profile::change_password,
                profile::ChangePassword { current: String::new(), new: String::new() }
            ),
        ),
        ("totp/begin", attempt!(totp::begin)),
        ("totp/confirm", attempt!(totp::confirm, String::new())),
        ("totp/disable", attempt!(totp::disable, String::new())),
        ("sessions/sign_out", attempt!(sessions::sign_out)),
        ("sessions/switch_account", attempt!(sessions::switch_account, world_account())),
    ];
    for (name, attempt) in own {
        let outcome = attempt(&world.engine, &token).await;
        let required =
            matches!(outcome, Err(Error::Unauthenticated { code: "session_required", .. }));
        assert!(required, "{name}: {outcome:?}");
    }
});

fn world_account() -> tertulia_domain::AccountId {
    tertulia_domain::AccountId(1)
}

on_every_engine!(one_account_never_reaches_another, async |db: &TestDb| {
    let world = World::new(db).await;
    let boreal = world.another_account().await;
    let engine = &world.engine;
    let team = teams::Create {
        name: "Night".to_owned(),
        description: String::new(),
        member_ids: Vec::new(),
    };
    let team = teams::create(engine, &world.admin, team).await.unwrap().id;
    let mine = world.admin.user().unwrap();
    let foreign = |outcome: Result<(), Error>| {
        assert!(matches!(outcome, Err(Error::NotFound(_) | Error::Invalid { .. })), "{outcome:?}");
    };
    foreign(teams::delete(engine, &boreal, team).await);
    foreign(teams::update(engine, &boreal, team, Default::default()).await.map(drop));
    foreign(users::remove(engine, &boreal, mine).await);
    foreign(users::update(engine, &boreal, mine, Default::default()).await.map(drop));
    foreign(password_resets::create(engine, &boreal, mine).await.map(drop));
    // A second id in a body is as foreign as one in the path.
    let with = teams::Create {
        name: "Spies".to_owned(),
        description: String::new(),
        member_ids: vec![mine],
    };
    foreign(teams::create(engine, &boreal, with).await.map(drop));
});
