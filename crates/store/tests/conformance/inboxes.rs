//! Inboxes, their addresses, and who may see them.

use tertulia_domain::inbox::{Channel, Inbox, InboxSettings, WidgetSettings};
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::{Error, Scope, Store, inboxes};
use tertulia_testkit::{TestDb, on_every_engine};

use super::people::{person, write};
use super::{account, now};

pub(super) async fn widget(store: &Store, account: AccountId, key: &str) -> Inbox {
    let inbox = Inbox {
        id: InboxId(0),
        name: "Site".to_owned(),
        channel: Channel::Widget,
        enabled: true,
        hook_token: format!("hook of {key}"),
        secret: "s".to_owned(),
        identity_secret: "i".to_owned(),
        provider_token: None,
        health: None,
        reopen_window_secs: 60,
        greeting: "Hi".to_owned(),
        settings: InboxSettings::Widget(WidgetSettings {
            key: key.to_owned(),
            ..WidgetSettings::default()
        }),
        created_at: now(),
    };
    let new = inbox.clone();
    let id = write(store, account, move |tx| inboxes::create(tx, account, &new)).await;
    Inbox { id, ..inbox }
}

on_every_engine!(an_inbox_is_found_by_its_addresses_until_it_is_deleted, async |db: &TestDb| {
    let account = account(&db.store).await;
    let inbox = widget(&db.store, account, "wk_1").await;
    let (store, id) = (&db.store, inbox.id);
    let found = async || {
        let read = |tx: &mut tertulia_store::ReadTx<'_>| {
            let by_key = inboxes::by_widget_key(tx, "wk_1")?;
            Ok::<_, Error>((by_key, inboxes::door_by_hook(tx, "hook of wk_1")?))
        };
        store.read(Scope::System, read).await.unwrap()
    };
    let (by_key, door) = found().await;
    assert_eq!(by_key, Some((account, inbox.clone())));
    assert_eq!(door.unwrap().inbox, inbox);
    assert!(write(store, account, move |tx| inboxes::delete(tx, account, id, now())).await);
    assert!(!write(store, account, move |tx| inboxes::delete(tx, account, id, now())).await);
    assert_eq!(found().await, (None, None));
});

on_every_engine!(agents_see_what_they_are_members_of, async |db: &TestDb| {
    let account_id = account(&db.store).await;
    let elsewhere = account(&db.store).await;
    let inbox = widget(&db.store, account_id, "wk_1").await.id;
    let foreign = widget(&db.store, elsewhere, "wk_2").await.id;
    let agent = person(&db.store, account_id, "ana@example.com", Role::Agent).await;
    write(&db.store, account_id, move |tx| {
        let mut sees = |inbox, role| inboxes::is_visible(tx, account_id, inbox, agent, role);
        assert!(!sees(inbox, Role::Agent)?);
        assert!(sees(inbox, Role::Supervisor)? && sees(inbox, Role::Administrator)?);
        assert!(!sees(foreign, Role::Administrator)?);
        inboxes::set_members(tx, account_id, inbox, &[agent])?;
        assert!(inboxes::is_visible(tx, account_id, inbox, agent, Role::Agent)?);
        let mine = inboxes::list_of_member(tx, account_id, agent, InboxId(0), 9)?;
        assert_eq!(mine.iter().map(|it| it.id).collect::<Vec<_>>(), [inbox]);
        assert_eq!(inboxes::members(tx, account_id, inbox)?, [agent]);
        assert_eq!(inboxes::all_members(tx, account_id)?[&inbox], [agent]);
        inboxes::set_members(tx, account_id, inbox, &[])?;
        assert!(!inboxes::is_visible(tx, account_id, inbox, agent, Role::Agent)?);
        Ok(())
    })
    .await;
});

on_every_engine!(what_is_changed_comes_back, async |db: &TestDb| {
    let account = account(&db.store).await;
    let mut inbox = widget(&db.store, account, "wk_1").await;
    inbox.name = "Shop".to_owned();
    inbox.enabled = false;
    inbox.secret = "other".to_owned();
    let InboxSettings::Widget(settings) = &mut inbox.settings else { panic!("a widget") };
    settings.allowed_origins.push("https://example.com".to_owned());
    write(&db.store, account, move |tx| {
        inboxes::update(tx, account, &inbox)?;
        assert_eq!(inboxes::get(tx, account, inbox.id)?.unwrap(), inbox);
        Ok(())
    })
    .await;
});
