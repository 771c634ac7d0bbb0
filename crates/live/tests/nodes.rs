//! Two nodes on one database: what happens on one is seen, and a right that was taken ends, on the other.

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use serde_json::json;
    use tertulia_domain::account::ConversationPolicy;
    use tertulia_domain::actor::Actor;
    use tertulia_domain::event::{Audience, EventKind};
    use tertulia_domain::user::Role;
    use tertulia_domain::{AccountId, Clock, InboxId, SessionId, Timestamp, UserId};
    use tertulia_live::{Close, Credential, Hub, HubConfig, Join, Output, Shapes, Subscription};
    use tertulia_store::{Error, Scope, Store, WriteTx};
    use tertulia_store::{accounts, credentials, events, sessions, users};
    use tertulia_testkit::{ManualClock, TestDb, on_every_engine};
    use tokio::sync::watch;
    use tokio::task::JoinSet;
    use tokio::time::timeout;

    /// The promise for every node.
    const WITHIN: Duration = Duration::from_secs(1);
    const SOON: Duration = Duration::from_secs(10);

    type Signed = (AccountId, UserId, SessionId);

    fn sign_in(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<Signed, Error> {
        let account = accounts::create(tx, "Acme", "en", ConversationPolicy::Contact, now)?;
        let (email, name, locale) = ("ana@desk.example", "Ana", "en");
        let new = credentials::NewUser { email, name, locale, password_hash: None, now };
        let user = credentials::create(tx, &new)?.unwrap();
        users::add(tx, account, user, Role::Administrator, now)?;
        let new = sessions::NewSession {
            token_hash: "hash",
            user_id: user,
            account_id: account,
            user_agent: "test",
            ip: "127.0.0.1",
            now,
            expires_at: now.plus(Duration::from_secs(3_600)),
        };
        Ok((account, user, sessions::create(tx, &new)?))
    }

    async fn happen(store: &Store, account: AccountId, kind: EventKind, subject: Option<i64>) {
        let body = move |tx: &mut WriteTx<'_>| {
            let event = events::NewEvent {
                kind,
                audience: Audience::Staff,
                room_id: None,
                conversation_id: None,
                inbox_id: Some(InboxId(1)),
                subject_id: subject,
                actor: &Actor::system(),
                reason: None,
                request_id: None,
                data: &json!({}),
                at: Timestamp(0),
            };
            events::append(tx, account, &event)
        };
        store.write::<_, Error, _>(Scope::Account(account), body).await.unwrap();
    }

    async fn open(hub: &Hub, (account, user, session): Signed) -> Subscription {
        let credential = Credential::Session { account, user, session };
        let topics = vec!["account".to_owned()];
        let join = Join { credential, topics, cursor: None };
        let mut joined = timeout(SOON, hub.join(join)).await.unwrap().unwrap();
        while joined.subscription.opening().await.unwrap().is_some() {}
        joined.subscription
    }

    async fn next(subscription: &Subscription) -> Output {
        timeout(SOON, subscription.next()).await.unwrap()
    }

    on_every_engine!(an_event_and_a_revocation_reach_every_node_in_time, |db: &TestDb| {
        let (here, there) = (db.store.clone(), db.another_node());
        async move {
            let clock: Arc<dyn Clock> = Arc::new(ManualClock::new());
            let now = clock.now();
            let signed =
                here.write::<_, Error, _>(Scope::System, move |tx| sign_in(tx, now)).await.unwrap();
            let shapes = Shapes {
                staff: |event| Some(format!("{:?}", event.kind.as_str())),
                visitor: |_| None,
            };
            let hub = Hub::new(HubConfig { store: there, clock, shapes });
            let (_stop, asked) = watch::channel(false);
            let mut tasks = JoinSet::new();
            tasks.spawn(hub.clone().run(asked));
            let subscription = open(&hub, signed).await;
            let (account, _, session) = signed;
            happen(&here, account, EventKind::MessageCreated, None).await;
            assert!(matches!(next(&subscription).await, Output::Send(_)));
            let user = signed.1;
            here.write::<_, Error, _>(Scope::System, move |tx| sessions::delete(tx, user, session))
                .await
                .unwrap();
            let began = Instant::now();
            happen(&here, account, EventKind::SessionRevoked, Some(session.0)).await;
            assert_eq!(next(&subscription).await, Output::Close(Close::SignedOut));
            assert!(began.elapsed() < WITHIN, "{:?}", began.elapsed());
        }
    });
}
