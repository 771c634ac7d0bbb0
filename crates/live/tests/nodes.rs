//! Two nodes on one database: what happens on one is seen, and a right that was taken ends, on the other.

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use serde_json::{Value, json};
    use tertulia_domain::account::ConversationPolicy;
    use tertulia_domain::actor::Actor;
    use tertulia_domain::event::{Audience, EventKind};
    use tertulia_domain::user::{PresenceState, Role};
    use tertulia_domain::{
        AccountId, Clock, ContactId, ConversationId, InboxId, RoomId, SessionId, Timestamp, UserId,
    };
    use tertulia_live::{
        Attendance, Close, Credential, Hub, HubConfig, Join, Output, Shapes, Subscription,
    };
    use tertulia_store::sockets::Place;
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
        member(tx, account, "Ana", now)
    }

    fn member(
        tx: &mut WriteTx<'_>,
        account: AccountId,
        name: &str,
        now: Timestamp,
    ) -> Result<Signed, Error> {
        let (email, locale) = (&format!("{name}@desk.example"), "en");
        let new = credentials::NewUser { email, name, locale, password_hash: None, now };
        let user = credentials::create(tx, &new)?.unwrap();
        users::add(tx, account, user, Role::Administrator, now)?;
        let new = sessions::NewSession {
            token_hash: name,
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
                data: &tertulia_store::Json::from(json!({})),
                at: Timestamp(0),
            };
            events::append(tx, account, &event)
        };
        store.write::<_, Error, _>(Scope::Account(account), body).await.unwrap();
    }

    async fn open(hub: &Hub, (account, user, session): Signed) -> Subscription {
        let credential = Credential::Session { account, user, session };
        let topics = vec!["account".to_owned()];
        let attendance = Attendance::Socket;
        let join = Join { credential, topics, cursor: None, attendance };
        let mut joined = timeout(SOON, hub.join(join)).await.unwrap().unwrap();
        while joined.subscription.opening().await.unwrap().is_some() {}
        joined.subscription
    }

    /// A node's hub. It dies with the second value.
    fn node(store: &Store, clock: &Arc<dyn Clock>) -> (Hub, (JoinSet<()>, watch::Sender<bool>)) {
        let shapes =
            Shapes { staff: |event| Some(format!("{:?}", event.kind.as_str())), visitor: |_| None };
        let (store, clock) = (store.clone(), Arc::clone(clock));
        let hub = Hub::new(HubConfig { store, clock, shapes });
        let (stop, asked) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(hub.clone().run(asked));
        (hub, (tasks, stop))
    }

    /// Waits until a node hears the other one: its listener needs its time to begin.
    async fn hears(node: &Store, other: &Store) {
        let mut hints = node.hints().unwrap();
        let soon = Duration::from_millis(100);
        while timeout(soon, hints.recv()).await.is_err() {
            other.tell_others("anything".to_owned());
        }
    }

    /// The next frame that says all this, and how many others of its type came before it.
    async fn heard(subscription: &Subscription, wanted: Value) -> usize {
        let mut others = 0;
        loop {
            let Output::Send(frame) = next(subscription).await else { panic!("no frame") };
            let frame: Value = serde_json::from_slice(&frame.bytes()).unwrap();
            let says = |(key, value): (&String, &Value)| frame.get(key) == Some(value);
            if wanted.as_object().unwrap().iter().all(says) {
                return others;
            }
            others += usize::from(frame["type"] == wanted["type"]);
        }
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
            let (hub, _running) = node(&there, &clock);
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

    const CONVERSATION: ConversationId = ConversationId(42);
    const PLACE: Place =
        Place { room_id: RoomId(5), inbox_id: InboxId(1), contact_id: ContactId(9) };

    on_every_engine!(who_types_and_who_is_there_is_known_on_every_node, |db: &TestDb| {
        let (here, there) = (db.store.clone(), db.another_node());
        async move {
            if here.hints().is_none() {
                // There is only ever one node.
                return;
            }
            hears(&here, &there).await;
            hears(&there, &here).await;
            let manual = Arc::new(ManualClock::new());
            let clock: Arc<dyn Clock> = manual.clone();
            let now = clock.now();
            let sign_in = move |tx: &mut WriteTx<'_>| {
                let ana = sign_in(tx, now)?;
                Ok((ana, member(tx, ana.0, "Bo", now)?))
            };
            let (ana, bo) = here.write::<_, Error, _>(Scope::System, sign_in).await.unwrap();
            let ((first, running), (second, _running)) =
                (node(&here, &clock), node(&there, &clock));
            let (anas, bos) = (open(&first, ana).await, open(&second, bo).await);
            let presence = |(_, user, _): Signed, state: &str| json!({"type": "presence", "user_id": user, "state": state});
            heard(&anas, presence(bo, "online")).await;
            heard(&bos, presence(ana, "online")).await;
            assert_eq!(second.presence(ana.0, ana.1), PresenceState::Online);
            anas.is_away(true);
            heard(&bos, presence(ana, "away")).await;
            anas.is_away(false);
            heard(&bos, presence(ana, "online")).await;

            let typing = |on: bool| json!({"type": "typing", "conversation_id": 42, "on": on});
            first.customer_types(ana.0, CONVERSATION, PLACE, "Bia", true);
            heard(&bos, typing(true)).await;
            second.customer_types(ana.0, CONVERSATION, PLACE, "Bia", false);
            // Her own node's word came once, not once more from the others.
            assert_eq!(heard(&anas, typing(false)).await, 1);

            drop(running);
            manual.advance(Duration::from_secs(20));
            assert_eq!(second.presence(ana.0, ana.1), PresenceState::Online, "one silence is none");
            manual.advance(Duration::from_secs(5));
            heard(&bos, presence(ana, "offline")).await;
            assert_eq!(second.presence(ana.0, ana.1), PresenceState::Offline);
        }
    });
}
