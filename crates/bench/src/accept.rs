//! Message in → durable → on the agent's socket: how many a second, and how long at half of that.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;
use serde_json::json;

use crate::http::Request;
use crate::load::{self, MakeRequest, Outcome};
use crate::process::Server;
use crate::report::{Bar, Figure};
use crate::tenant::{Tenant, sentence};
use crate::watcher::Watcher;
use crate::{ledger, tertulia_dir};

/// Connections of the load.
const CONNECTIONS: usize = 64;
/// Visitors that write.
const VISITORS: usize = 500;
/// Messages that find the highest rate, after as many that warm up.
const CAPACITY_COUNT: usize = 60_000;
const WARM_UP_COUNT: usize = 10_000;
/// Seconds of the open-loop run.
const OPEN_LOOP_SECS: usize = 12;
/// How long a socket may be silent before a message counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server under load, ours or the floor.
struct Subject {
    port: u16,
    watcher: Watcher,
    make: MakeRequest,
}

/// What one server did.
struct Measured {
    per_sec: usize,
    acknowledged: Vec<usize>,
}

pub(crate) async fn run(binary: &Path) -> Result<Vec<Figure>> {
    let floor_dir = tempfile::tempdir_in("target")?;
    let floor_server = Server::floor(floor_dir.path())?;
    let floor = floor_subject(&floor_server).await?;
    let dir = tertulia_dir()?;
    let (server, _) = Server::tertulia(binary, dir.path())?;
    let mut tenant = Tenant::create(server.port, dir.path()).await?;
    tenant.visit(server.port, VISITORS).await?;
    let ours = tertulia_subject(&server, &tenant).await?;

    let floor_capacity = capacity(&floor).await?;
    let our_capacity = capacity(&ours).await?;
    let rate = our_capacity.per_sec / 2;
    let first = WARM_UP_COUNT + CAPACITY_COUNT;
    let (floor_acks, floor_pushes, _) = open_loop(&floor, first, rate).await?;
    let (our_acks, our_pushes, outcome) = open_loop(&ours, first, rate).await?;

    let acknowledged = [our_capacity.acknowledged, outcome.acknowledged].concat();
    ledger::compare(server.port, &tenant.token, &acknowledged).await?;
    stall(&server, &ours, first + outcome.intended.len(), rate).await?;

    let at = format!("at {rate}/s");
    Ok(vec![
        Figure::new(
            "message in, durable, pushed: throughput",
            "msg/s",
            Some(floor_capacity.per_sec as f64),
            our_capacity.per_sec as f64,
            Bar::RatioAtLeast(0.4),
        ),
        Figure::new(
            &format!("push p50 {at}"),
            "ms",
            Some(ms(&floor_pushes, 50.0)),
            ms(&our_pushes, 50.0),
            Bar::Told,
        ),
        Figure::new(
            &format!("push p99 {at}"),
            "ms",
            Some(ms(&floor_pushes, 99.0)),
            ms(&our_pushes, 99.0),
            Bar::RatioAtMost(3.0),
        ),
        Figure::new(
            &format!("push p99.9 {at}"),
            "ms",
            Some(ms(&floor_pushes, 99.9)),
            ms(&our_pushes, 99.9),
            Bar::Told,
        ),
        Figure::new(
            &format!("ack p50 {at}"),
            "ms",
            Some(ms(&floor_acks, 50.0)),
            ms(&our_acks, 50.0),
            Bar::Told,
        ),
        Figure::new(
            &format!("ack p99 {at}"),
            "ms",
            Some(ms(&floor_acks, 99.0)),
            ms(&our_acks, 99.0),
            Bar::RatioAtMost(3.0),
        ),
    ])
}

async fn floor_subject(server: &Server) -> Result<Subject> {
    let watcher = Watcher::open(server.port, "/stream", None, None).await?;
    let make: MakeRequest = Arc::new(|number| {
        let visitor = number % VISITORS;
        let body = json!({"visitor": visitor, "client_id": format!("b-{number}"), "text": sentence(number)});
        let path = "/messages".to_owned();
        Request { method: "POST", path, headers: Vec::new(), body: body.to_string() }.bytes()
    });
    Ok(Subject { port: server.port, watcher, make })
}

async fn tertulia_subject(server: &Server, tenant: &Tenant) -> Result<Subject> {
    let subscribe = r#"{"type":"subscribe","topics":["account"],"cursor":null}"#;
    let watcher =
        Watcher::open(server.port, "/v1/stream", Some(&tenant.token), Some(subscribe)).await?;
    Ok(Subject { port: server.port, watcher, make: tenant.messages() })
}

/// The highest rate at which messages are durable *and* on the socket.
async fn capacity(subject: &Subject) -> Result<Measured> {
    let warm = load::closed(subject.port, CONNECTIONS, 0, WARM_UP_COUNT, &subject.make).await?;
    pushed(subject, &warm).await?;
    let begun = Instant::now();
    let outcome =
        load::closed(subject.port, CONNECTIONS, WARM_UP_COUNT, CAPACITY_COUNT, &subject.make)
            .await?;
    let arrivals = pushed(subject, &outcome).await?;
    let end = arrivals.last().map_or(begun + outcome.elapsed, |(_, at)| *at);
    let span = (end - begun).max(outcome.elapsed);
    Ok(Measured {
        per_sec: load::per_sec(outcome.acknowledged.len(), span),
        acknowledged: [warm.acknowledged, outcome.acknowledged].concat(),
    })
}

/// Waits until everything acknowledged is on the socket, and exactly once.
async fn pushed(subject: &Subject, outcome: &Outcome) -> Result<Vec<(usize, Instant)>> {
    ensure!(outcome.refused.is_empty(), "{} requests were refused", outcome.refused.len());
    let arrivals = subject.watcher.settle(outcome.acknowledged.len(), PATIENCE).await;
    let distinct: HashSet<usize> = arrivals.iter().map(|(number, _)| *number).collect();
    ensure!(distinct.len() == arrivals.len(), "a message was pushed twice");
    let missing = outcome.acknowledged.iter().filter(|number| !distinct.contains(number)).count();
    ensure!(missing == 0, "{missing} acknowledged messages were not pushed");
    Ok(arrivals)
}

async fn open_loop(
    subject: &Subject,
    first: usize,
    rate: usize,
) -> Result<(Histogram<u64>, Histogram<u64>, Outcome)> {
    let count = rate * OPEN_LOOP_SECS;
    let outcome = load::open(subject.port, CONNECTIONS, first, rate, count, &subject.make).await?;
    let arrivals = pushed(subject, &outcome).await?;
    let mut pushes = load::histogram();
    for (number, at) in arrivals {
        if let Some(intended) = outcome.intended.get(number - first) {
            let latency = at.saturating_duration_since(outcome.started + *intended);
            pushes.saturating_record(load::micros(latency));
        }
    }
    Ok((outcome.acks.clone(), pushes, outcome))
}

/// The generator's own test: a server that is stopped for a second must show it, or the run is void.
async fn stall(server: &Server, subject: &Subject, first: usize, rate: usize) -> Result<()> {
    let count = rate * 4;
    let load = load::open(subject.port, CONNECTIONS, first, rate, count, &subject.make);
    let stop = async {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        server.signal("-STOP")?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        server.signal("-CONT")
    };
    let (outcome, stopped) = tokio::join!(load, stop);
    stopped?;
    let outcome = outcome?;
    let slow = outcome.acks.len() - outcome.acks.count_between(0, 200_000);
    let worst_ms = ms(&outcome.acks, 100.0);
    ensure!(worst_ms > 900.0, "a stall of 1 s shows as {worst_ms} ms: the generator is blind");
    ensure!(
        slow > (rate / 2) as u64,
        "a stall of 1 s delayed only {slow} requests: the generator is blind"
    );
    Ok(())
}

fn ms(histogram: &Histogram<u64>, percentile: f64) -> f64 {
    histogram.value_at_percentile(percentile) as f64 / 1_000.0
}
