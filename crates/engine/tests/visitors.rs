//! Who a visitor is: what opens a history, and what never does. On every database.

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;
    use tertulia_domain::account::ConversationPolicy;
    use tertulia_domain::inbox::{Channel, Inbox, InboxSettings, WidgetSettings};
    use tertulia_domain::{AccountId, Clock, InboxId, Timestamp};
    use tertulia_engine::visitors::{self, Admitted, Begin, Page, Profile, Proof, Visitor};
    use tertulia_engine::{Engine, Error, Settings, VisitorLimits};
    use tertulia_store::{Error as StoreError, Scope, WriteTx, accounts, inboxes};
    use tertulia_testkit::{ManualClock, SeededEntropy, TestDb, on_every_engine};

    const KEY: &str = "wk_shop";
    const SECRET: &str = "identity-secret";
    const IP: &str = "203.0.113.9";

    struct Shop {
        engine: Engine,
        clock: Arc<ManualClock>,
    }

    impl Shop {
        async fn open(db: &TestDb) -> Self {
            let clock = Arc::new(ManualClock::new());
            let now = clock.now();
            let seeded = db.store.write(Scope::System, move |tx| seed(tx, now)).await;
            seeded.unwrap();
            let passed: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
            let entropy = Arc::new(SeededEntropy::new(7));
            let settings = Settings::new("http://desk.example".parse().unwrap());
            Self { engine: Engine::new(db.store.clone(), passed, entropy, settings), clock }
        }

        async fn begin(&self, identity: Option<Proof>) -> Result<Admitted, Error> {
            let command = Begin { identity, ..Begin::default() };
            visitors::begin(&self.engine, KEY, IP, command).await
        }

        async fn visitor(&self, admitted: &Admitted) -> Visitor {
            visitors::authenticate(&self.engine, &admitted.token).await.unwrap()
        }

        async fn identify(&self, admitted: &Admitted, id: &str) -> Result<Admitted, Error> {
            let visitor = self.visitor(admitted).await;
            visitors::identify(&self.engine, &visitor, &admitted.token, IP, proof(id)).await
        }

        async fn enforce(&self) {
            let change = |tx: &mut WriteTx<'_>| {
                let (account, mut inbox) = inboxes::by_widget_key(tx, KEY)?.unwrap();
                if let InboxSettings::Widget(settings) = &mut inbox.settings {
                    settings.enforce_identity = true;
                }
                inboxes::update(tx, account, &inbox)
            };
            self.engine.store.write(Scope::System, change).await.unwrap();
        }
    }

    fn seed(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<AccountId, StoreError> {
        let account = accounts::create(tx, "Acme", "pt", ConversationPolicy::Contact, now)?;
        let settings = WidgetSettings { key: KEY.to_owned(), ..WidgetSettings::default() };
        let inbox = Inbox {
            id: InboxId(0),
            name: "Shop".to_owned(),
            channel: Channel::Widget,
            enabled: true,
            hook_token: "hook".to_owned(),
            secret: "s".to_owned(),
            identity_secret: SECRET.to_owned(),
            provider_token: None,
            health: None,
            reopen_window_secs: 0,
            greeting: String::new(),
            settings: InboxSettings::Widget(settings),
            created_at: now,
        };
        inboxes::create(tx, account, &inbox)?;
        Ok(account)
    }

    fn proof(id: &str) -> Proof {
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(id.as_bytes());
        let digest = mac.finalize().into_bytes();
        let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Proof { id: id.to_owned(), hash, profile: Profile::default() }
    }

    fn with_email(email: &str) -> Profile {
        Profile { email: Some(email.to_owned()), ..Profile::default() }
    }

    #[track_caller]
    fn refused<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str) {
        match result {
            Err(Error::Unauthenticated { code, .. }) => assert_eq!(code, expected),
            other => panic!("expected {expected}, found {other:?}"),
        }
    }

    on_every_engine!(
        bad_input_048_a_typed_email_never_opens_another_persons_history,
        |db| async move {
            let shop = Shop::open(db).await;
            let ana = shop.begin(Some(proof("ana"))).await.unwrap();
            let ana = shop.visitor(&ana).await;
            visitors::update(&shop.engine, &ana, with_email("ana@example.com")).await.unwrap();
            let stranger = shop.begin(None).await.unwrap();
            let before = shop.visitor(&stranger).await;
            let typed =
                visitors::update(&shop.engine, &before, with_email("ana@example.com")).await;
            let typed = typed.unwrap();
            assert_eq!(typed.email.as_deref(), Some("ana@example.com"));
            assert!(!typed.verified, "agents are told that nobody has proven it");
            let after = shop.visitor(&stranger).await;
            assert_eq!(after.contact_id, before.contact_id);
            assert_ne!(after.contact_id, ana.contact_id);
            assert_eq!(after.ctx.access, before.ctx.access, "same identity, same room");
        }
    );

    on_every_engine!(a_proven_person_is_the_same_on_every_device, |db| async move {
        let shop = Shop::open(db).await;
        let (phone, laptop) = (
            shop.begin(Some(proof("ana"))).await.unwrap(),
            shop.begin(Some(proof("ana"))).await.unwrap(),
        );
        assert_ne!(phone.token, laptop.token);
        let (phone, laptop) = (shop.visitor(&phone).await, shop.visitor(&laptop).await);
        assert_eq!(phone.ctx.access, laptop.ctx.access);
        assert!(phone.view.verified);
        let other = shop.begin(Some(proof("bia"))).await.unwrap();
        assert_ne!(shop.visitor(&other).await.contact_id, phone.contact_id);
    });

    on_every_engine!(who_is_new_here_keeps_what_was_written_before_the_proof, |db| async move {
        let shop = Shop::open(db).await;
        let anonymous = shop.begin(None).await.unwrap();
        let before = shop.visitor(&anonymous).await;
        let known = shop.identify(&anonymous, "ana").await.unwrap();
        let after = shop.visitor(&known).await;
        assert_eq!(after.contact_id, before.contact_id, "the same contact, so the same room");
        assert!(after.view.verified);
        let gone = visitors::authenticate(&shop.engine, &anonymous.token).await;
        refused(gone, "token_invalid");
    });

    on_every_engine!(
        who_is_known_here_gets_the_own_history_and_the_anonymous_one_stays,
        |db| async move {
            let shop = Shop::open(db).await;
            let ana = shop.begin(Some(proof("ana"))).await.unwrap();
            let ana = shop.visitor(&ana).await;
            let anonymous = shop.begin(None).await.unwrap();
            let before = shop.visitor(&anonymous).await;
            let known = shop.identify(&anonymous, "ana").await.unwrap();
            let after = shop.visitor(&known).await;
            assert_eq!(after.ctx.access, ana.ctx.access);
            assert_ne!(after.contact_id, before.contact_id);
        }
    );

    on_every_engine!(
        another_person_at_the_same_browser_sees_nothing_of_the_first,
        |db| async move {
            let shop = Shop::open(db).await;
            let first = shop.begin(Some(proof("ana"))).await.unwrap();
            let ana = shop.visitor(&first).await;
            let second = shop.identify(&first, "bia").await.unwrap();
            assert_ne!(shop.visitor(&second).await.contact_id, ana.contact_id);
            refused(visitors::authenticate(&shop.engine, &first.token).await, "token_invalid");
        }
    );

    on_every_engine!(proving_it_again_changes_nothing, |db| async move {
        let shop = Shop::open(db).await;
        let ana = shop.begin(Some(proof("ana"))).await.unwrap();
        assert_eq!(shop.identify(&ana, "ana").await.unwrap(), ana);
    });

    on_every_engine!(a_wrong_hash_is_refused_everywhere, |db| async move {
        let shop = Shop::open(db).await;
        let forged = Proof { id: "bia".to_owned(), ..proof("ana") };
        refused(shop.begin(Some(forged.clone())).await, "identity_invalid");
        let anonymous = shop.begin(None).await.unwrap();
        let visitor = shop.visitor(&anonymous).await;
        let result = visitors::identify(&shop.engine, &visitor, &anonymous.token, IP, forged).await;
        refused(result, "identity_invalid");
    });

    on_every_engine!(enforced_identity_lets_in_nobody_without_a_proof, |db| async move {
        let shop = Shop::open(db).await;
        let before = shop.begin(None).await.unwrap();
        shop.enforce().await;
        refused(shop.begin(None).await, "identity_invalid");
        let old = visitors::authenticate(&shop.engine, &before.token).await;
        refused(old, "identity_invalid");
        let ana = shop.begin(Some(proof("ana"))).await.unwrap();
        assert!(shop.visitor(&ana).await.view.verified);
        let earlier = visitors::recognise(&shop.engine, &before.token).await.unwrap();
        let bia = visitors::identify(&shop.engine, &earlier, &before.token, IP, proof("bia")).await;
        let bia = shop.visitor(&bia.unwrap()).await;
        assert_eq!(bia.contact_id, earlier.contact_id, "the proof is the way in");
    });

    on_every_engine!(new_visitors_of_one_address_run_out_and_come_back, |db| async move {
        let shop = Shop::open(db).await;
        for _ in 0..VisitorLimits::default().begins_per_ip_per_hour_max {
            shop.begin(None).await.unwrap();
        }
        let Err(Error::Limit { retry_after }) = shop.begin(None).await else { panic!("no limit") };
        let page = Page { url: Some("https://shop.example/".to_owned()), ..Page::default() };
        let command = Begin { page: Some(page), ..Begin::default() };
        visitors::begin(&shop.engine, KEY, "198.51.100.1", command).await.unwrap();
        shop.clock.advance(retry_after);
        shop.begin(None).await.unwrap();
    });
}
