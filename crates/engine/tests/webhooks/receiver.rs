//! Somebody else's server: checks signatures, answers as it is told, and keeps its own books.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;
use tertulia_domain::Clock;
use tertulia_net::signature;
use tertulia_testkit::ManualClock;
use tokio::task::JoinSet;

/// How the receiver answers its `n`-th request.
pub(crate) type Manners = fn(usize) -> Answer;

#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Status(u16),
    RetryAfter(u16, &'static str),
    /// Takes the request and never answers.
    Silent,
    /// Takes its time, then accepts.
    Slow,
    /// Accepts, but the answer never arrives.
    Lost,
}

/// What arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) id: String,
    pub(crate) body: Value,
    pub(crate) signatures: usize,
    pub(crate) accepted: bool,
}

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    books: Arc<Books>,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

struct Books {
    clock: Arc<ManualClock>,
    manners: Mutex<Manners>,
    secret: Mutex<String>,
    arrivals: Mutex<Vec<Arrival>>,
}

impl Receiver {
    pub(crate) async fn start(clock: &Arc<ManualClock>, manners: Manners) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let books = Arc::new(Books {
            clock: Arc::clone(clock),
            manners: Mutex::new(manners),
            secret: Mutex::default(),
            arrivals: Mutex::default(),
        });
        let app = Router::new().route("/hook", post(take)).with_state(Arc::clone(&books));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, books, tasks: Arc::new(Mutex::new(tasks)) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub(crate) fn knows(&self, secret: &str) {
        secret.clone_into(&mut self.books.secret.lock().unwrap());
    }

    pub(crate) fn behave(&self, manners: Manners) {
        *self.books.manners.lock().unwrap() = manners;
    }

    pub(crate) fn arrivals(&self) -> Vec<Arrival> {
        self.books.arrivals.lock().unwrap().clone()
    }

    /// The events that were accepted, each once, in the order in which they first were.
    pub(crate) fn accepted(&self) -> Vec<Value> {
        let (mut seen, mut events) = (std::collections::HashSet::new(), Vec::new());
        for arrival in self.arrivals() {
            if arrival.accepted && seen.insert(arrival.id) {
                events.push(arrival.body);
            }
        }
        events
    }

    pub(crate) fn shut_down(&self) {
        self.tasks.lock().unwrap().abort_all();
    }
}

async fn take(State(books): State<Arc<Books>>, headers: HeaderMap, body: Bytes) -> Response {
    let now_secs = books.clock.now().secs();
    let secret = books.secret.lock().unwrap().clone();
    signature::verify(&secret, &headers, &body, now_secs).expect("a good signature");
    let answer = {
        let mut arrivals = books.arrivals.lock().unwrap();
        let answer = books.manners.lock().unwrap()(arrivals.len());
        arrivals.push(Arrival {
            id: headers[signature::ID_HEADER].to_str().unwrap().to_owned(),
            body: serde_json::from_slice(&body).unwrap(),
            signatures: headers[signature::SIGNATURE_HEADER].to_str().unwrap().split(' ').count(),
            accepted: match &answer {
                Answer::Slow | Answer::Lost => true,
                Answer::Status(status) => (200..300).contains(status),
                Answer::RetryAfter(..) | Answer::Silent => false,
            },
        });
        answer
    };
    match answer {
        Answer::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answer::RetryAfter(status, after) => {
            (StatusCode::from_u16(status).unwrap(), [("retry-after", after)]).into_response()
        }
        Answer::Silent => std::future::pending().await,
        Answer::Slow => {
            tokio::time::sleep(Duration::from_millis(30)).await;
            StatusCode::OK.into_response()
        }
        // Hyper drops the connection of a handler that panics.
        Answer::Lost => panic!("the answer is lost"),
    }
}
