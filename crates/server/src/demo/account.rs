//! The demo's business: who works there, how they are organised, and where customers write.

use tertulia_domain::UserId;
use tertulia_domain::inbox::Channel;
use tertulia_domain::user::Role;
use tertulia_engine::inboxes::SettingsChange;
use tertulia_engine::views::InboxSettingsView;
use tertulia_engine::{
    Access, Ctx, Engine, Error, Result, accounts, inboxes, labels, teams, users,
};

use super::dialogues::Language;
use super::{EMAIL, PASSWORD};

/// E-mail address, name, language and role. The first one is who the demo's visitor signs in as.
const PEOPLE: &[(&str, &str, Language, Role)] = &[
    (EMAIL, "Marina Costa", Language::English, Role::Administrator),
    ("daniel@meridian.example", "Daniel Reed", Language::English, Role::Supervisor),
    ("sofia@meridian.example", "Sofia Almeida", Language::Portuguese, Role::Agent),
    ("ivan@meridian.example", "Ivan Petrov", Language::Russian, Role::Agent),
    ("grace@meridian.example", "Grace Okafor", Language::English, Role::Agent),
];

const LABELS: &[(&str, &str, &str)] = &[
    ("booking", "#2563eb", "Hotels, guesthouses and tables"),
    ("travel", "#0f766e", "Trains and taxis"),
    ("refund", "#c2410c", "Money or goods come back"),
    ("delivery", "#7c3aed", "Where is it, and when does it come"),
    ("billing", "#be185d", "Invoices and payments"),
    ("technical", "#4b5563", "Something does not work"),
];

/// Who answers customers, and where they write.
pub(super) struct Business {
    pub(super) agents: Vec<Agent>,
    pub(super) widget_key: String,
}

/// A person who answers, and how it asks.
pub(super) struct Agent {
    pub(super) id: UserId,
    pub(super) ctx: Ctx,
    pub(super) language: Language,
}

pub(super) async fn found(engine: &Engine) -> Result<Business> {
    let command = accounts::Create { name: "Meridian".to_owned(), locale: "en".to_owned() };
    let account = accounts::create(engine, command).await?.id;
    let system = Ctx::system(account);
    let agents = hire(engine, &system).await?;
    let members: Vec<UserId> = agents.iter().map(|agent| agent.id).collect();
    organise(engine, &system, &members).await?;
    let widget_key = open_website(engine, &system, &members).await?;
    open_app(engine, &system, members).await?;
    Ok(Business { agents, widget_key })
}

async fn hire(engine: &Engine, system: &Ctx) -> Result<Vec<Agent>> {
    let mut hired = Vec::new();
    for (email, name, language, role) in PEOPLE {
        let command = users::Create {
            email: (*email).to_owned(),
            name: (*name).to_owned(),
            locale: language.code().to_owned(),
            role: *role,
            password: PASSWORD.to_owned(),
        };
        let id = users::create(engine, system, command).await?.id;
        let access = Access::User { id, role: *role };
        let ctx = Ctx::new(system.account_id, access, (*name).to_owned());
        hired.push(Agent { id, ctx, language: *language });
    }
    Ok(hired)
}

async fn organise(engine: &Engine, system: &Ctx, members: &[UserId]) -> Result<()> {
    let (front, back) = members.split_at(members.len() / 2);
    for (name, description, member_ids) in [
        ("Concierge", "Bookings, tables and trains", front),
        ("After care", "Refunds, deliveries and everything that went wrong", back),
    ] {
        let (name, description) = (name.to_owned(), description.to_owned());
        let command = teams::Create { name, description, member_ids: member_ids.to_vec() };
        teams::create(engine, system, command).await?;
    }
    for (name, color, description) in LABELS {
        let command = labels::Create {
            name: (*name).to_owned(),
            color: (*color).to_owned(),
            description: (*description).to_owned(),
        };
        labels::create(engine, system, command).await?;
    }
    Ok(())
}

async fn open_website(engine: &Engine, system: &Ctx, members: &[UserId]) -> Result<String> {
    let settings = SettingsChange {
        title: Some("Meridian".to_owned()),
        subtitle: Some("Ask us anything about your trip".to_owned()),
        color: Some("#17594a".to_owned()),
        ..SettingsChange::default()
    };
    let name = "Website".to_owned();
    let command = inboxes::Create { name, channel: Channel::Widget, settings };
    let website = inboxes::create(engine, system, command).await?;
    inboxes::set_members(engine, system, website.id, members.to_vec()).await?;
    let greeting = "Hello! Where would you like to go?".to_owned();
    let update = inboxes::Update { greeting: Some(greeting), ..inboxes::Update::default() };
    match inboxes::update(engine, system, website.id, update).await?.settings {
        InboxSettingsView::Widget(settings) => Ok(settings.key),
        InboxSettingsView::Api(_) | InboxSettingsView::Telegram(_) => {
            Err(Error::Internal("the website is no website".to_owned()))
        }
    }
}

async fn open_app(engine: &Engine, system: &Ctx, members: Vec<UserId>) -> Result<()> {
    let (name, settings) = ("Mobile app".to_owned(), SettingsChange::default());
    let command = inboxes::Create { name, channel: Channel::Api, settings };
    let app = inboxes::create(engine, system, command).await?;
    inboxes::set_members(engine, system, app.id, members).await.map(drop)
}
