//! The load generator.
//!
//! Closed loop finds what a server can do; open loop measures how it feels: arrival times are drawn in
//! advance and every latency counts from the *intended* start, so a stall is charged to everybody who
//! had to wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;
use tokio::sync::mpsc;

use crate::http::Connection;

/// Highest latency that the histogram tells apart, in microseconds.
const LATENCY_MICROS_MAX: u64 = 60_000_000;

/// Makes the request with a number; the number is in its `client_id`.
pub(crate) type MakeRequest = Arc<dyn Fn(usize) -> Vec<u8> + Send + Sync>;

/// What one run gave.
pub(crate) struct Outcome {
    /// Latency until the answer, in microseconds.
    pub acks: Histogram<u64>,
    /// Numbers of the acknowledged requests.
    pub acknowledged: Vec<usize>,
    /// Numbers and statuses of the others.
    pub refused: Vec<(usize, u16)>,
    pub elapsed: Duration,
    /// Intended start of each request by its number, relative to `started`.
    pub intended: Arc<Vec<Duration>>,
    pub started: Instant,
}

impl Outcome {
    pub(crate) fn per_sec(&self) -> usize {
        per_sec(self.acknowledged.len(), self.elapsed)
    }
}

/// An empty histogram of microseconds with three digits.
pub(crate) fn histogram() -> Histogram<u64> {
    let made = Histogram::new_with_bounds(1, LATENCY_MICROS_MAX, 3);
    made.unwrap_or_else(|_| {
        Histogram::new(3).unwrap_or_else(|_| unreachable!("3 digits are allowed"))
    })
}

/// Sends requests `first..first + count` over `connections`, each as soon as the one before is answered.
pub(crate) async fn closed(
    port: u16,
    connections: usize,
    first: usize,
    count: usize,
    make: &MakeRequest,
) -> Result<Outcome> {
    let next = Arc::new(AtomicUsize::new(first));
    let started = Instant::now();
    let workers = (0..connections).map(|_| {
        let (next, make) = (Arc::clone(&next), Arc::clone(make));
        async move {
            let mut connection = Connection::open(port).await?;
            let mut results = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= first + count {
                    return Ok::<_, anyhow::Error>(results);
                }
                let begun = Instant::now();
                let (status, _) = connection.call(&make(number)).await?;
                results.push((number, status, begun.elapsed()));
            }
        }
    });
    let results = futures_util::future::try_join_all(workers).await?.concat();
    Ok(gather(results, started, Arc::new(Vec::new())))
}

/// Sends `count` requests at `per_sec` with exponential gaps drawn from `seed`.
pub(crate) async fn open(
    port: u16,
    connections: usize,
    first: usize,
    per_sec: usize,
    count: usize,
    make: &MakeRequest,
) -> Result<Outcome> {
    let intended = Arc::new(arrivals(per_sec, count, 7));
    let (sender, receiver) = async_queue(count);
    let mut pool = Vec::new();
    for _ in 0..connections {
        pool.push(Connection::open(port).await?);
    }
    let started = Instant::now() + Duration::from_millis(50);
    let times = Arc::clone(&intended);
    let pacer = std::thread::spawn(move || pace(started, &times, &sender));
    let receiver = Arc::new(tokio::sync::Mutex::new(receiver));
    let workers = pool.into_iter().map(|mut connection| {
        let (receiver, make, times) =
            (Arc::clone(&receiver), Arc::clone(make), Arc::clone(&intended));
        async move {
            let mut results = Vec::new();
            loop {
                let Some(index) = receiver.lock().await.recv().await else {
                    return Ok::<_, anyhow::Error>(results);
                };
                let (status, _) = connection.call(&make(first + index)).await?;
                let begun = times.get(index).map_or(started, |at| started + *at);
                results.push((first + index, status, begun.elapsed()));
            }
        }
    });
    let results = futures_util::future::try_join_all(workers).await?.concat();
    ensure!(pacer.join().is_ok(), "the pacer stopped");
    Ok(gather(results, started, intended))
}

fn async_queue(count: usize) -> (mpsc::Sender<usize>, mpsc::Receiver<usize>) {
    mpsc::channel(count.max(1))
}

/// Hands out each number at its time, from a thread of its own: the runtime's timer ticks once a
/// millisecond, which is longer than what is measured.
fn pace(started: Instant, times: &[Duration], sender: &mpsc::Sender<usize>) {
    for (index, at) in times.iter().enumerate() {
        let wait = (started + *at).saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            #[expect(clippy::disallowed_methods, reason = "pacing is this thread's whole work")]
            std::thread::sleep(wait);
        }
        if sender.try_send(index).is_err() {
            return;
        }
    }
}

/// Poisson arrivals: the same seed gives the same times.
fn arrivals(per_sec: usize, count: usize, seed: u64) -> Vec<Duration> {
    let mut state = seed;
    let mut at = 0.0;
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let unit = ((state >> 11) as f64 + 1.0) / ((1_u64 << 53) as f64 + 1.0);
            at += -unit.ln() / per_sec.max(1) as f64;
            Duration::from_secs_f64(at)
        })
        .collect()
}

fn gather(
    results: Vec<(usize, u16, Duration)>,
    started: Instant,
    intended: Arc<Vec<Duration>>,
) -> Outcome {
    let elapsed = started.elapsed();
    let mut acks = histogram();
    let (mut acknowledged, mut refused) = (Vec::with_capacity(results.len()), Vec::new());
    for (number, status, latency) in results {
        if (200..300).contains(&status) {
            acks.saturating_record(micros(latency));
            acknowledged.push(number);
        } else {
            refused.push((number, status));
        }
    }
    Outcome { acks, acknowledged, refused, elapsed, intended, started }
}

/// How many a second.
pub(crate) fn per_sec(count: usize, span: Duration) -> usize {
    let millis = usize::try_from(span.as_millis()).unwrap_or(usize::MAX).max(1);
    count.saturating_mul(1_000) / millis
}

/// Whole microseconds.
pub(crate) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_keep_the_rate_and_are_the_same_for_a_seed() {
        let times = arrivals(1_000, 20_000, 1);
        let last = times.last().unwrap().as_secs_f64();
        assert!((last - 20.0).abs() < 1.0, "{last}");
        assert_eq!(times, arrivals(1_000, 20_000, 1));
        assert!(times.is_sorted());
    }
}
