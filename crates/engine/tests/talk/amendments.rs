//! Edits, deletions and reactions of people, told to the channel's other side.

use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_engine::messages::{Edit, React, delete, edit, react};
use tertulia_engine::outbound::{AMEND, Delivery, deliver_amendment};
use tertulia_engine::views::MessageView;
use tertulia_store::{Scope, jobs};
use tertulia_testkit::{TestDb, on_every_engine};

use super::delivery::{BUSY, GONE, OK, Wired};

impl Wired {
    /// Takes the next amendment out of the queue; what comes before it is done.
    async fn amendment(&self) -> Option<jobs::Job> {
        loop {
            let (now, until) = (self.world.now(), self.world.clock_in(60));
            let claim = self
                .world
                .engine
                .store
                .write(Scope::System, move |tx| {
                    let job = jobs::claim(tx, "lease", now, until, &[])?;
                    job.iter().try_for_each(|job| jobs::complete(tx, job).map(drop))?;
                    Ok::<_, tertulia_store::Error>(job)
                })
                .await;
            match claim.unwrap() {
                Some(job) if job.kind != AMEND => {}
                found => return found,
            }
        }
    }

    async fn tell(&self, job: &jobs::Job) -> Delivery {
        deliver_amendment(&self.world.engine, self.world.account, job).await.unwrap()
    }

    /// Tells the next amendment; answers the body of the webhook.
    async fn told(&self) -> Value {
        let job = self.amendment().await.expect("an amendment");
        assert_eq!(self.tell(&job).await, Delivery::Settled);
        let request = self.requests.recv().unwrap();
        assert!(request.contains(&format!("webhook-id: chg_{}", job.id)), "{request}");
        assert!(request.contains("webhook-signature: v1,"), "{request}");
        serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    async fn edit(&self, message: &MessageView, text: &str) {
        let (conversation, text) = (message.conversation_id, text.to_owned());
        let command = Edit { conversation, message: message.id, text };
        edit(&self.world.engine, &self.world.agent(), command).await.unwrap();
    }

    async fn react(&self, message: MessageId, emoji: Option<&str>) {
        let conversation = self.world.conversation().await.id;
        let command = React { conversation, message, emoji: emoji.map(str::to_owned) };
        react(&self.world.engine, &self.world.agent(), command).await.unwrap();
    }

    /// A message that has gone out.
    async fn sent(&self) -> MessageView {
        let message = self.send().await;
        assert_eq!(self.deliver(&message).await, Delivery::Settled);
        self.requests.recv().unwrap();
        message
    }
}

on_every_engine!(
    edits_reactions_and_deletions_reach_the_other_side_in_order,
    async |db: &TestDb| {
        let wired = Wired::open(db, &[OK; 6]).await;
        let message = wired.sent().await;
        wired.edit(&message, "Tomorrow").await;
        let customers = wired.world.log(&wired.world.conversation().await).await;
        let customers = customers.iter().find(|m| m.external_id.is_some()).unwrap().id;
        wired.react(customers, Some("👍")).await;
        wired.react(customers, Some("👍")).await;
        let edited = wired.told().await;
        assert_eq!((&edited["type"], &edited["message_id"]), (&json!("edit"), &json!(message.id)));
        assert_eq!(edited["text"], "Tomorrow");
        assert_eq!(edited["contact"]["id"], "customer-7");
        let reacted = wired.told().await;
        assert_eq!((&reacted["type"], &reacted["emoji"]), (&json!("reaction"), &json!("👍")));
        assert_eq!(
            (&reacted["external_id"], &reacted["sender"]["name"]),
            (&json!("m1"), &json!("Ana"))
        );
        assert!(wired.amendment().await.is_none(), "the same reaction again is none");
        wired.react(customers, None).await;
        assert_eq!(wired.told().await["emoji"], Value::Null);
        let (world, conversation) = (&wired.world, message.conversation_id);
        delete(&world.engine, &world.agent(), conversation, message.id).await.unwrap();
        assert_eq!(wired.told().await["type"], "delete");
    }
);

on_every_engine!(what_has_not_gone_out_needs_no_amendment, async |db: &TestDb| {
    let wired = Wired::open(db, &[OK]).await;
    let message = wired.send().await;
    wired.edit(&message, "Tomorrow").await;
    assert_eq!(wired.deliver(&message).await, Delivery::Settled);
    assert!(wired.requests.recv().unwrap().contains("Tomorrow"));
    assert!(wired.amendment().await.is_none());
});

on_every_engine!(an_edit_that_is_refused_is_said_at_its_message, async |db: &TestDb| {
    let wired = Wired::open(db, &[OK, BUSY, "", GONE]).await;
    let message = wired.sent().await;
    wired.edit(&message, "Tomorrow").await;
    let job = wired.amendment().await.unwrap();
    let Delivery::Again { after, .. } = wired.tell(&job).await else { panic!("settled") };
    assert_eq!(after.map(|after| after.as_secs()), Some(7));
    // A lost answer is no doubt here: telling it again does no harm.
    assert!(matches!(wired.tell(&job).await, Delivery::Again { .. }));
    assert_eq!(wired.tell(&job).await, Delivery::Settled);
    let delivery = wired.world.message(message.id).await.delivery.unwrap();
    assert_eq!(delivery.status, DeliveryStatus::Sent, "the message itself is there");
    assert_eq!(delivery.code.as_deref(), Some("change_refused"));
    assert!(delivery.detail.unwrap().contains("410"));
});
