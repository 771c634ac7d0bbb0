//! What `/metrics` tells: sockets as they come and go, and jobs that nobody does.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::app::Client;
use crate::process::{Server, command};

const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// Asks until a value is as it should be.
async fn until(metrics: &Client, name: &str, is_right: impl Fn(f64) -> bool) {
    let began = Instant::now();
    loop {
        let page = metrics.get("/metrics").await;
        let text = String::from_utf8(page.bytes).unwrap();
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        if value.is_some_and(&is_right) {
            return;
        }
        assert!(began.elapsed() < DEADLINE, "{name} is {value:?} in {text}");
        tokio::time::sleep(LOOK).await;
    }
}

/// A socket that has joined.
async fn join(
    server: &Server,
    path: &str,
    token: &str,
    frame: serde_json::Value,
) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let address = server.base.replace("http://", "ws://");
    let mut request = format!("{address}{path}").into_client_request().unwrap();
    if !token.is_empty() {
        let value = format!("Bearer {token}").parse().unwrap();
        request.headers_mut().insert("authorization", value);
    }
    let (mut socket, _) = connect_async(request).await.unwrap();
    socket.send(Message::text(frame.to_string())).await.unwrap();
    while let Some(Ok(message)) = socket.next().await {
        if message.to_text().unwrap().contains("\"ready\"") {
            return socket;
        }
    }
    panic!("the socket never was ready");
}

#[test]
fn sockets_and_jobs_are_counted() {
    let dir = tempfile::tempdir().unwrap();
    // Nobody works, so what is to do piles up.
    let mut command = command(dir.path(), &["serve", "--api"]);
    command.env("TERTULIA_METRICS_LISTEN", "127.0.0.1:0");
    let mut server = Server::start_with(command);
    let metrics = Client::new(&format!("http://{}", server.hear("metrics on ").trim()));
    tertulia_testkit::runtime().block_on(async {
        let client = Client::set_up(&mut server).await;
        until(&metrics, "tertulia_database_up", |up| up == 1.0).await;
        until(&metrics, "tertulia_database_work_waiting", |waiting| waiting >= 0.0).await;
        for state in ["due", "waiting", "held", "dead"] {
            let name = format!("tertulia_jobs{{state=\"{state}\"}}");
            until(&metrics, &name, |jobs| jobs == 0.0).await;
        }
        until(&metrics, "tertulia_jobs_oldest_due_seconds", |secs| secs == 0.0).await;
        let hook = json!({"url": "https://hooks.example/x", "events": ["message.created"], "description": ""});
        let hook = client.post("/v1/webhooks", &hook).await.json();
        let test = format!("/v1/webhooks/{}/test", hook["id"]);
        assert_eq!(client.post(&test, &json!({})).await.status, 202);
        until(&metrics, "tertulia_jobs{state=\"due\"}", |jobs| jobs == 1.0).await;
        until(&metrics, "tertulia_jobs_oldest_due_seconds", |secs| secs > 0.0).await;

        let scopes = json!({"name": "t", "scopes": ["conversations:read"], "expires_at": null});
        let token = client.post("/v1/tokens", &scopes).await.json();
        let subscribe = json!({"type": "subscribe", "topics": ["account"], "cursor": null});
        let token = token["token"].as_str().unwrap();
        let staff = join(&server, "/v1/stream", token, subscribe).await;
        let inbox = client.post("/v1/inboxes", &json!({"name": "w", "channel": "widget"})).await;
        let key = inbox.json()["settings"]["key"].as_str().unwrap().to_owned();
        let visitor = Client::new(&server.base);
        let visitor = visitor.post(&format!("/widget/v1/{key}/visitors"), &json!({})).await.json();
        let subscribe = json!({"type": "subscribe", "token": visitor["token"], "cursor": null});
        let first = join(&server, "/widget/v1/stream", "", subscribe.clone()).await;
        let second = join(&server, "/widget/v1/stream", "", subscribe).await;
        until(&metrics, "tertulia_sockets{kind=\"staff\"}", |sockets| sockets == 1.0).await;
        until(&metrics, "tertulia_sockets{kind=\"visitor\"}", |sockets| sockets == 2.0).await;
        drop((staff, first, second));
        until(&metrics, "tertulia_sockets{kind=\"staff\"}", |sockets| sockets == 0.0).await;
        until(&metrics, "tertulia_sockets{kind=\"visitor\"}", |sockets| sockets == 0.0).await;
    });
    assert!(server.terminate().success());
}
