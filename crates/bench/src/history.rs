//! What stored history costs: receiving, listing, searching and starting at 10 thousand and at 1 million messages.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;

use crate::http::Connection;
use crate::load::{self, MakeRequest};
use crate::process::Server;
use crate::report::{Bar, Figure};
use crate::tenant::{Tenant, get};
use crate::tertulia_dir;

const CONNECTIONS: usize = 64;
/// Conversations and messages of the large history; each visitor has one conversation.
const VISITORS: usize = 100_000;
const MESSAGES: usize = 1_000_000;
/// Messages of the small history.
const SMALL: usize = 10_000;
/// Who writes while it is measured, before and behind the large history: the same few, so that the
/// two rates differ by what is stored and by nothing else.
const WRITERS: usize = 1_000;
const MEASURED: usize = 20_000;
/// Requests per read figure.
const READS: usize = 500;
/// How long the search index may lag behind before the run is void.
const INDEX_LAG: Duration = Duration::from_secs(600);

pub(crate) async fn run(binary: &Path) -> Result<Vec<Figure>> {
    let dir = tertulia_dir()?;
    let (server, _) = Server::tertulia(binary, dir.path())?;
    let mut tenant = Tenant::create(server.port, dir.path()).await?;
    tenant.visit(server.port, WRITERS).await?;
    let mut sent = send(&server, &tenant.messages(), 0, SMALL).await?.0;
    let (count, small) = send(&server, &tenant.messages(), sent, MEASURED).await?;
    sent += count;
    tenant.visit(server.port, VISITORS - WRITERS).await?;
    sent += send(&server, &tenant.messages(), sent, MESSAGES - sent).await?.0;
    wait_for_index(&server, &tenant, sent - 1).await?;
    let writers = tenant.messages_of(WRITERS);
    // Their first messages after the others' are dearer: they were last seen long ago.
    sent += send(&server, &writers, sent, WRITERS).await?.0;
    let (_, large) = send(&server, &writers, sent, MEASURED).await?;

    let list = read(&server, &tenant, |_| "/v1/conversations?view=all&limit=25".to_owned()).await?;
    let open = read(&server, &tenant, |_| {
        "/v1/conversations?view=unassigned&status=open&sort=waiting".to_owned()
    })
    .await?;
    let rare =
        read(&server, &tenant, |n| format!("/v1/search?type=messages&q=w{}", n * 37 % 20_000))
            .await?;
    let common =
        read(&server, &tenant, |n| format!("/v1/search?type=messages&q=refund%20w{}", n % 99))
            .await?;
    drop(server);
    let (_server, ready) = Server::tertulia(binary, dir.path())?;

    let p99 = |h: &Histogram<u64>| h.value_at_percentile(99.0) as f64 / 1_000.0;
    Ok(vec![
        Figure::new(
            "receiving at 1 M messages against 10 k (as floor)",
            "msg/s",
            Some(small as f64),
            large as f64,
            Bar::RatioAtLeast(0.8),
        ),
        Figure::new(
            "conversation list p99, 100 k conversations",
            "ms",
            None,
            p99(&list),
            Bar::AtMost(30.0),
        ),
        Figure::new("list of waiting ones p99", "ms", None, p99(&open), Bar::AtMost(30.0)),
        Figure::new(
            "search p99, a rare word in 1 M messages",
            "ms",
            None,
            p99(&rare),
            Bar::AtMost(150.0),
        ),
        Figure::new(
            "search p99, a common word and a rare one",
            "ms",
            None,
            p99(&common),
            Bar::AtMost(150.0),
        ),
        Figure::new(
            "ready after start with 1 M messages",
            "ms",
            None,
            ready.as_secs_f64() * 1_000.0,
            Bar::AtMost(300.0),
        ),
    ])
}

/// Sends messages as fast as they are taken; answers how many and at which rate.
async fn send(
    server: &Server,
    messages: &MakeRequest,
    first: usize,
    count: usize,
) -> Result<(usize, usize)> {
    let outcome = load::closed(server.port, CONNECTIONS, first, count, messages).await?;
    ensure!(outcome.refused.is_empty(), "{} messages were refused", outcome.refused.len());
    Ok((count, outcome.per_sec()))
}

/// Waits until the newest message can be found.
async fn wait_for_index(server: &Server, tenant: &Tenant, newest: usize) -> Result<()> {
    let mut connection = Connection::open(server.port).await?;
    let path = format!("/v1/search?type=messages&q=n{newest}");
    let deadline = Instant::now() + INDEX_LAG;
    while Instant::now() < deadline {
        let page = connection.json(&get(&path, &tenant.token), 200).await?;
        if page
            .pointer("/items")
            .and_then(serde_json::Value::as_array)
            .is_some_and(|items| !items.is_empty())
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    anyhow::bail!("the search index did not catch up within {} s", INDEX_LAG.as_secs())
}

async fn read(
    server: &Server,
    tenant: &Tenant,
    path: impl Fn(usize) -> String,
) -> Result<Histogram<u64>> {
    let mut connection = Connection::open(server.port).await?;
    let mut latencies = load::histogram();
    for number in 0..READS {
        let request = get(&path(number), &tenant.token).bytes();
        let begun = Instant::now();
        let (status, _) = connection.call(&request).await?;
        ensure!(status == 200, "a read answered {status}");
        latencies.saturating_record(load::micros(begun.elapsed()));
    }
    Ok(latencies)
}
