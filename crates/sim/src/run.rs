//! One run: a storm of repeats, reordering, refusals and crashes; then calm; then the books are compared.

use anyhow::Result;
use tertulia_domain::ConversationId;
use tertulia_store::Scope;

use crate::check;
use crate::world::{Inbound, Outbound, World};

/// Customers of a run.
const CUSTOMERS: usize = 4;
/// Steps of the storm.
const STEPS: usize = 60;
/// Rounds of calm in which everything must come to its end.
const CALM_ROUNDS: usize = 40;

/// What a run was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub seed: u64,
    pub inbound: usize,
    pub outbound: usize,
    pub deaths: u64,
    /// The same seed gives the same digest.
    pub digest: u64,
}

/// Runs one seed; an error names the promise that was broken.
pub async fn run(seed: u64) -> Result<Report> {
    let world = finished(seed).await?;
    let digest = check::all(&world).await?;
    Ok(Report {
        seed,
        inbound: world.books.inbound.len(),
        outbound: world.books.outbound.len(),
        deaths: world.storm.deaths(),
        digest,
    })
}

/// The world after the storm and the calm, not checked yet.
pub(crate) async fn finished(seed: u64) -> Result<World> {
    let mut world = World::new(seed).await?;
    world.storm.set(true);
    for step in 0..STEPS {
        storm(&mut world, step).await?;
    }
    world.storm.set(false);
    world.provider.calm_down();
    world.restart(seed.wrapping_add(1_000_000))?;
    calm(&mut world).await?;
    Ok(world)
}

async fn storm(world: &mut World, step: usize) -> Result<()> {
    match world.dice.below(100) {
        0..35 => customer_writes(world, step).await,
        35..50 => provider_repeats(world).await,
        50..72 => agent_writes(world, step).await?,
        72..90 => world.work().await,
        90..95 => world.advance(1 + world.dice.below(120) as u64),
        _ => world.restart(step as u64)?,
    }
    Ok(())
}

/// One to three new messages in one request, which may get lost on the way, in any order.
async fn customer_writes(world: &mut World, step: usize) {
    let contact = format!("customer-{}", world.dice.below(CUSTOMERS));
    let count = 1 + world.dice.below(3);
    let mut ids = Vec::new();
    for part in 0..count {
        let id = format!("in-{step:03}-{part}");
        let text = format!("question {step}.{part}");
        let inbound = Inbound { contact: contact.clone(), text, acknowledged: false };
        world.books.inbound.insert(id.clone(), inbound);
        ids.push(id);
    }
    world.dice.shuffle(&mut ids);
    post(world, &ids).await;
}

/// The provider was not answered, or forgot that it was: it sends some again, in any order.
async fn provider_repeats(world: &mut World) {
    let mut ids: Vec<String> = world.books.inbound.keys().cloned().collect();
    world.dice.shuffle(&mut ids);
    ids.truncate(1 + world.dice.below(4));
    post(world, &ids).await;
}

async fn post(world: &mut World, ids: &[String]) {
    if !ids.is_empty() && world.post(ids).await {
        for id in ids {
            if let Some(inbound) = world.books.inbound.get_mut(id) {
                inbound.acknowledged = true;
            }
        }
    }
}

/// A new answer, or one that was not acknowledged again under the same id.
async fn agent_writes(world: &mut World, step: usize) -> Result<()> {
    let waiting: Vec<String> = unacknowledged(world);
    if let Some(again) = waiting.get(world.dice.below(waiting.len().max(1) * 2)) {
        return world.send(&again.clone()).await;
    }
    let open = conversations(world).await?;
    let Some(conversation) = open.get(world.dice.below(open.len())).copied() else {
        return Ok(());
    };
    let client_id = format!("out-{step:03}");
    let text = format!("answer {step}");
    world.books.outbound.insert(client_id.clone(), Outbound { conversation, text, message: None });
    world.send(&client_id).await
}

fn unacknowledged(world: &World) -> Vec<String> {
    let outbound = world.books.outbound.iter();
    outbound.filter(|(_, o)| o.message.is_none()).map(|(id, _)| id.clone()).collect()
}

/// Everybody repeats what was not acknowledged until it is, and the workers come to an end.
async fn calm(world: &mut World) -> Result<()> {
    for _ in 0..CALM_ROUNDS {
        let waiting: Vec<String> = world
            .books
            .inbound
            .iter()
            .filter(|(_, inbound)| !inbound.acknowledged)
            .map(|(id, _)| id.clone())
            .collect();
        post(world, &waiting).await;
        for client_id in unacknowledged(world) {
            world.send(&client_id).await?;
        }
        world.work().await;
        world.advance(120);
    }
    Ok(())
}

async fn conversations(world: &World) -> Result<Vec<ConversationId>> {
    let account = world.account;
    let all = world
        .engine
        .store
        .read::<_, tertulia_store::Error, _>(Scope::Account(account), move |tx| {
            check::conversation_ids(tx, account)
        });
    Ok(all.await?)
}
