//! The people of an account, and the clients that act for them.

use tertulia_domain::access::Permission;
use tertulia_domain::inbox::Channel;
use tertulia_engine::sessions::{Browser, SignIn};
use tertulia_engine::views::InboxView;
use tertulia_engine::{Access, Ctx, Engine, accounts, inboxes, sessions, tokens, users};

use super::Client;

pub use tertulia_domain::user::Role;

const PASSWORD: &str = "correct horse battery staple";

/// One account: a person of every role, two tokens, a widget and an inbox of its own channel.
pub struct People {
    pub administrator: Client,
    pub supervisor: Client,
    pub agent: Client,
    /// A token of the administrator with every scope.
    pub program: Client,
    /// A token that may only see conversations.
    pub reader: Client,
    pub widget: InboxView,
    pub api: InboxView,
    /// The administrator, for use cases without HTTP.
    pub ctx: Ctx,
}

impl People {
    /// Makes an account and everybody in it.
    pub(super) async fn settle(engine: &Engine, base: &str, name: &str) -> Self {
        let command = accounts::Create { name: name.to_owned(), locale: "en".to_owned() };
        let account = accounts::create(engine, command).await.unwrap().id;
        let system = Ctx::system(account);
        let mut clients = Vec::new();
        let mut ids = Vec::new();
        for role in [Role::Administrator, Role::Supervisor, Role::Agent] {
            let email = format!("{role}@{name}.example");
            let person = users::Create {
                email: email.clone(),
                name: format!("{name} {role}"),
                locale: "en".to_owned(),
                role,
                password: PASSWORD.to_owned(),
            };
            ids.push(users::create(engine, &system, person).await.unwrap().id);
            let browser = Browser { ip: "127.0.0.1".to_owned(), user_agent: "test".to_owned() };
            let command = SignIn { email, password: PASSWORD.to_owned(), code: None };
            let signed_in = sessions::sign_in(engine, browser, command).await.unwrap();
            clients.push(Client::new(base).with_session(&signed_in.token));
        }
        let access = Access::User { id: ids[0], role: Role::Administrator };
        let ctx = Ctx::new(account, access, "administrator".to_owned());
        let program = token(engine, &ctx, Permission::ALL).await;
        let reader = token(engine, &ctx, &[Permission::ConversationsRead]).await;
        let agent = clients.pop().unwrap();
        let supervisor = clients.pop().unwrap();
        let administrator = clients.pop().unwrap();
        Self {
            administrator,
            supervisor,
            agent,
            program: Client::new(base).with_token(&program),
            reader: Client::new(base).with_token(&reader),
            widget: inbox(engine, &ctx, Channel::Widget).await,
            api: inbox(engine, &ctx, Channel::Api).await,
            ctx,
        }
    }

    /// The client of a role.
    pub fn of(&self, role: Role) -> &Client {
        match role {
            Role::Administrator => &self.administrator,
            Role::Supervisor => &self.supervisor,
            Role::Agent => &self.agent,
        }
    }
}

async fn token(engine: &Engine, ctx: &Ctx, scopes: &[Permission]) -> String {
    let (name, scopes) = ("test".to_owned(), scopes.to_vec());
    let command = tokens::Create { name, scopes, expires_at: None };
    tokens::create(engine, ctx, command).await.unwrap().token.unwrap()
}

async fn inbox(engine: &Engine, ctx: &Ctx, channel: Channel) -> InboxView {
    let (name, settings) = (format!("{channel} inbox"), inboxes::SettingsChange::default());
    inboxes::create(engine, ctx, inboxes::Create { name, channel, settings }).await.unwrap()
}
