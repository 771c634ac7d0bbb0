//! Accepts connections and speaks HTTP on them.
//!
//! `axum::serve` has no time-outs, so a client that sends half a head could hold a connection for ever.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tower::ServiceExt;

/// Answers until `shutdown` turns true, then lets the requests under way end.
///
/// Whoever stops waiting ends the connections that are left.
pub async fn answer(
    mut listener: TcpListener,
    router: Router,
    head_within: Duration,
    mut shutdown: watch::Receiver<bool>,
) {
    // Makes the routes' services once, instead of once for each request.
    let router = router.with_state(());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_within);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // Waits a little when the process has no more file descriptors.
            (socket, peer) = Listener::accept(&mut listener) => {
                let (http, router) = (http.clone(), router.clone());
                connections.spawn(converse(http, socket, peer, router, shutdown.clone()));
            }
            Some(ended) = connections.join_next() => note(ended),
            () = asked_to_end(&mut shutdown) => break,
        }
    }
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        note(ended);
    }
}

/// One connection, from its first request to its last.
async fn converse(
    http: http1::Builder,
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut shutdown: watch::Receiver<bool>,
) {
    // A small frame must not wait for the acknowledgement of the one before.
    drop(socket.set_nodelay(true));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http.serve_connection(TokioIo::new(socket), service).with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = asked_to_end(&mut shutdown) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, "a connection ended: {error}");
    }
}

async fn asked_to_end(shutdown: &mut watch::Receiver<bool>) {
    drop(shutdown.wait_for(|on| *on).await);
}

/// A handler's panic is an answer; one beside it would otherwise go unseen.
fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!("a connection's task failed: {error}");
    }
}
