//! Webhook in → durable → agent bot called: how long at a steady rate, what a burst does, and what a
//! dead bot does to the others.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use hdrhistogram::Histogram;
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::http::{Connection, Request};
use crate::load::{self, MakeRequest, Outcome};
use crate::process::Server;
use crate::report::{Bar, Figure};
use crate::tenant::{Tenant, bearer, post, sentence, text};
use crate::{ledger, tertulia_dir};

/// Connections that Telegram keeps open, as its default is.
const CONNECTIONS: usize = 40;
/// Customers that write to one bot.
const CUSTOMERS: usize = 500;
/// Updates a second of the steady run.
const PER_SEC: usize = 200;
const STEADY_SECS: usize = 15;
/// Updates of the burst, all meant for one second.
const BURST: usize = 10_000;
/// Rounds in which refused updates are sent again, as Telegram would.
const RETRIES_MAX: usize = 20;
/// How long something may take before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);
/// Runs whose middle one counts, with and without a dead bot by turns.
const RUNS: usize = 3;

/// One Telegram inbox with the agent bot that answers on it.
struct Line {
    path: String,
    secret: String,
    app: i64,
    bot: Bot,
}

pub(crate) async fn run(binary: &Path) -> Result<Vec<Figure>> {
    let dir = tertulia_dir()?;
    let (first, second) = (Bot::start().await?, Bot::start().await?);
    let telegram = crate::bot::Telegram::start().await?;
    configure(dir.path(), &[first.port, second.port, telegram.port])?;
    let (server, _) = Server::tertulia(binary, dir.path())?;
    let mut tenant = Tenant::create(server.port, dir.path()).await?;
    tenant.authorize(server.port, &["apps:manage", "contacts:write"]).await?;
    let url = format!("http://127.0.0.1:{}", telegram.port);
    let healthy = line(server.port, &tenant, &url, "100:healthy", first).await?;
    let other = line(server.port, &tenant, &url, "200:other", second).await?;

    let mut numbers = Numbers::default();
    let mut acknowledged = Vec::new();
    steady(server.port, &healthy, &mut numbers, &mut acknowledged).await?;
    let (acks, calls) = steady(server.port, &healthy, &mut numbers, &mut acknowledged).await?;
    let burst = burst(server.port, &healthy, &mut numbers, &mut acknowledged).await?;

    let (mut beside_living, mut beside_dead) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        other.bot.revive();
        let pair = both(server.port, (&healthy, &other), &mut numbers, &mut acknowledged);
        beside_living.push(pair.await?);
        other.bot.die();
        let pair = both(server.port, (&healthy, &other), &mut numbers, &mut acknowledged);
        beside_dead.push(pair.await?);
    }
    other.bot.revive();
    ledger::compare(server.port, &tenant.token, &acknowledged).await?;
    let (living, dead) = (middle(beside_living), middle(beside_dead));
    let ms = |histogram: &Histogram<u64>, percentile: f64| {
        histogram.value_at_percentile(percentile) as f64 / 1_000.0
    };
    let at = format!("at {PER_SEC}/s");
    Ok(vec![
        Figure::new(&format!("webhook in: ack p99 {at}"), "ms", None, ms(&acks, 99.0), Bar::Told),
        Figure::new(&format!("agent bot called p50 {at}"), "ms", None, ms(&calls, 50.0), Bar::Told),
        Figure::new(&format!("agent bot called p99 {at}"), "ms", None, ms(&calls, 99.0), Bar::Told),
        Figure::new(
            "burst of 10,000: answered neither 2xx nor 503",
            "",
            None,
            burst.odd,
            Bar::AtMost(0.0),
        ),
        Figure::new(
            "burst of 10,000: all durable after",
            "s",
            None,
            burst.durable_secs,
            Bar::AtMost(5.0),
        ),
        Figure::new(
            "burst of 10,000: bot told of all after",
            "s",
            None,
            burst.told_secs,
            Bar::Told,
        ),
        Figure::new(
            "agent bot called p99 beside a dead one",
            "ms",
            Some(living),
            dead,
            Bar::RatioAtMost(1.1),
        ),
    ])
}

/// Updates are numbered through, so that the books can be compared at the end.
#[derive(Default)]
struct Numbers(usize);

impl Numbers {
    fn take(&mut self, count: usize) -> usize {
        let first = self.0;
        self.0 += count;
        first
    }
}

/// Both kinds of doors that the server may call out of.
fn configure(dir: &Path, ports: &[u16]) -> Result<()> {
    let path = dir.join("tertulia.toml");
    let exceptions: Vec<String> =
        ports.iter().map(|port| format!("\"127.0.0.1:{port}\"")).collect();
    let config = std::fs::read_to_string(&path)?;
    // Top-level settings stand before the tables. An https address makes Telegram use the webhook.
    let config = format!(
        "public_url = \"https://bench.example\"\n{config}\n[egress]\nexceptions = [{}]\n",
        exceptions.join(", ")
    );
    Ok(std::fs::write(path, config)?)
}

async fn line(port: u16, tenant: &Tenant, url: &str, token: &str, bot: Bot) -> Result<Line> {
    let mut connection = Connection::open(port).await?;
    let auth = [bearer(&tenant.token)];
    let settings = json!({"token": token, "base_url": url});
    let body = json!({"name": token, "channel": "telegram", "settings": settings});
    let inbox = connection.json(&post("/v1/inboxes", &body, &auth), 201).await?;
    let id = inbox.get("id").and_then(Value::as_i64).context("no id of the inbox")?;
    let path = format!("/v1/inboxes/{id}/secret");
    let secrets = connection.json(&crate::tenant::get(&path, &tenant.token), 200).await?;
    let body = json!({
        "name": token, "contract": "chatwoot", "url": format!("http://127.0.0.1:{}/", bot.port),
        "hands_over_on_failure": false,
    });
    let app = connection.json(&post("/v1/apps", &body, &auth), 201).await?;
    let app = app.get("id").and_then(Value::as_i64).context("no id of the app")?;
    let role = json!({"role": "answers"}).to_string();
    let place = format!("/v1/apps/{app}/inboxes/{id}");
    let headers = auth.to_vec();
    let put = Request { method: "PUT", path: place, headers, body: role };
    connection.json(&put, 200).await?;
    let path = format!("/hooks/{}", text(&inbox, "/hook_token")?);
    Ok(Line { path, secret: text(&secrets, "/secret")?, app, bot })
}

impl Line {
    /// Update `n` is a text of customer `n` modulo all customers.
    fn updates(&self) -> MakeRequest {
        let (path, secret, app) = (self.path.clone(), self.secret.clone(), self.app);
        Arc::new(move |number| {
            let customer = app * 1_000_000 + (number % CUSTOMERS) as i64;
            let body = update(number, customer);
            let token = [("x-telegram-bot-api-secret-token", secret.clone())];
            post(&path, &body, &token).bytes()
        })
    }
}

fn update(number: usize, customer: i64) -> Value {
    let name = format!("C{customer}");
    json!({
        "update_id": number,
        "message": {
            "message_id": number + 1,
            "from": {"id": customer, "is_bot": false, "first_name": name, "language_code": "en"},
            "chat": {"id": customer, "first_name": name, "type": "private"},
            "date": 1_790_000_000,
            "text": sentence(number),
        }
    })
}

/// Ack and call latencies of a steady run.
async fn steady(
    port: u16,
    line: &Line,
    numbers: &mut Numbers,
    acknowledged: &mut Vec<usize>,
) -> Result<(Histogram<u64>, Histogram<u64>)> {
    let count = PER_SEC * STEADY_SECS;
    let first = numbers.take(count);
    let outcome = load::open(port, CONNECTIONS, first, PER_SEC, count, &line.updates()).await?;
    ensure!(outcome.refused.is_empty(), "{} updates were refused", outcome.refused.len());
    let calls = calls(line, first, &outcome).await?;
    acknowledged.extend(&outcome.acknowledged);
    Ok((outcome.acks, calls))
}

/// From the intended start of each update to the call of the bot.
async fn calls(line: &Line, first: usize, outcome: &Outcome) -> Result<Histogram<u64>> {
    let called = line.bot.told_of(&outcome.acknowledged, PATIENCE).await?;
    let mut latencies = load::histogram();
    for number in &outcome.acknowledged {
        let (intended, at) = (outcome.intended.get(number - first), called.get(number));
        if let (Some(intended), Some(at)) = (intended, at) {
            let latency = at.saturating_duration_since(outcome.started + *intended);
            latencies.saturating_record(load::micros(latency));
        }
    }
    Ok(latencies)
}

struct Burst {
    /// Answers that are neither 2xx nor 503.
    odd: f64,
    durable_secs: f64,
    told_secs: f64,
}

async fn burst(
    port: u16,
    line: &Line,
    numbers: &mut Numbers,
    acknowledged: &mut Vec<usize>,
) -> Result<Burst> {
    let first = numbers.take(BURST);
    let make = line.updates();
    let outcome = load::open(port, CONNECTIONS, first, BURST, BURST, &make).await?;
    let begun = outcome.started;
    let is_odd = |(_, status): &&(usize, u16)| *status != 503;
    let odd = outcome.refused.iter().filter(is_odd).count();
    let mut accepted = outcome.acknowledged;
    let mut refused: Vec<usize> = outcome.refused.iter().map(|(number, _)| *number).collect();
    for _ in 0..RETRIES_MAX {
        if refused.is_empty() {
            break;
        }
        refused = again(port, &make, refused, &mut accepted).await?;
    }
    ensure!(refused.is_empty(), "{} updates were refused again and again", refused.len());
    let durable = Instant::now();
    let called = line.bot.told_of(&accepted, PATIENCE).await?;
    let last = accepted.iter().filter_map(|number| called.get(number)).max().copied();
    acknowledged.extend(&accepted);
    Ok(Burst {
        odd: odd as f64,
        durable_secs: (durable - begun).as_secs_f64(),
        told_secs: last.map_or(f64::INFINITY, |last| (last - begun).as_secs_f64()),
    })
}

/// Sends refused updates once more; answers which are refused still.
async fn again(
    port: u16,
    make: &MakeRequest,
    refused: Vec<usize>,
    accepted: &mut Vec<usize>,
) -> Result<Vec<usize>> {
    let mut connection = Connection::open(port).await?;
    let mut left = Vec::new();
    for number in refused {
        match connection.call(&make(number)).await?.0 {
            200..=299 => accepted.push(number),
            _ => left.push(number),
        }
    }
    Ok(left)
}

/// The p99 of the first line while the second one is under the same load, in milliseconds.
async fn both(
    port: u16,
    (watched, beside): (&Line, &Line),
    numbers: &mut Numbers,
    acknowledged: &mut Vec<usize>,
) -> Result<f64> {
    let rate = PER_SEC / 2;
    let count = rate * STEADY_SECS;
    let (mine, theirs) = (numbers.take(count), numbers.take(count));
    let (watched_updates, other_updates) = (watched.updates(), beside.updates());
    let one = load::open(port, CONNECTIONS, mine, rate, count, &watched_updates);
    let two = load::open(port, CONNECTIONS, theirs, rate, count, &other_updates);
    let (one, two) = tokio::try_join!(one, two)?;
    ensure!(one.refused.is_empty() && two.refused.is_empty(), "updates were refused");
    let latencies = calls(watched, mine, &one).await?;
    acknowledged.extend(one.acknowledged.iter().chain(&two.acknowledged));
    Ok(latencies.value_at_percentile(99.0) as f64 / 1_000.0)
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// When each update was told.
pub(crate) type Calls = HashMap<usize, Instant>;
