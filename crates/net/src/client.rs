//! The client: sends a request within its limits, or says why there is no answer.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use bytes::BytesMut;
use reqwest::redirect;

use crate::egress::{Egress, Trust};
use crate::error::{Error, SetupError};
use crate::request::{Excess, Request};
use crate::resolver::{Guarded, Resolve, SystemResolver};
use crate::response::Response;

/// Time to resolve, connect and agree on a key.
const CONNECT_TIMEOUT_SECS: u64 = 10;
/// Idle connections are kept this long for the next request.
const IDLE_SECS: u64 = 60;
/// Idle connections per host.
const IDLE_MAX: usize = 4;

/// The one way out; cheap to clone.
#[derive(Clone)]
pub struct HttpClient(Arc<Inner>);

struct Inner {
    egress: Egress,
    resolver: Arc<dyn Resolve>,
    /// Connects to checked addresses only.
    guarded: OnceLock<Result<reqwest::Client, SetupError>>,
    /// For hosts that the owner named: its connections are never shared with the others.
    trusted: OnceLock<Result<reqwest::Client, SetupError>>,
}

impl HttpClient {
    /// A client with this policy and the system's resolver.
    ///
    /// Reading the system's certificates takes its time, so that waits for the first request; a
    /// machine without any makes requests fail, not the start.
    #[must_use]
    pub fn new(egress: Egress) -> Self {
        Self::with_resolver(egress, Arc::new(SystemResolver))
    }

    /// A client with a resolver of one's own.
    #[must_use]
    pub fn with_resolver(egress: Egress, resolver: Arc<dyn Resolve>) -> Self {
        let (guarded, trusted) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { egress, resolver, guarded, trusted }))
    }

    /// The policy, to judge addresses that people type in before anything is stored.
    #[must_use]
    pub fn egress(&self) -> &Egress {
        &self.0.egress
    }

    /// Sends a request and reads its answer.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let started = Instant::now();
        let (method, host) = (request.method.clone(), request.url.host_str().map(str::to_owned));
        let result = self.exchange(request, started).await;
        let duration_ms = started.elapsed().as_millis();
        let host = host.unwrap_or_default();
        match &result {
            Ok(response) => {
                let status = response.status.as_u16();
                tracing::debug!(%method, host, status, duration_ms, "called out");
            }
            Err(error) => {
                tracing::debug!(%method, host, code = error.code(), duration_ms, "called out");
            }
        }
        result
    }

    async fn exchange(&self, request: Request, started: Instant) -> Result<Response, Error> {
        let trust = self.0.egress.check_url(&request.url)?;
        let client = self.0.client(trust)?;
        let (limit, excess, timeout) = (request.body_bytes_max, request.excess, request.timeout);
        let failed = |error: reqwest::Error| Error::from_library(&error, timeout);
        let mut answer = client
            .request(request.method, request.url)
            .headers(request.headers)
            .body(request.body)
            .timeout(timeout)
            .send()
            .await
            .map_err(failed)?;
        let mut body = BytesMut::new();
        let mut complete = true;
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            let room = limit - body.len();
            if chunk.len() > room {
                if excess == Excess::Refuse {
                    return Err(Error::TooLarge { bytes_max: limit });
                }
                body.extend_from_slice(chunk.get(..room).unwrap_or_default());
                complete = false;
                break;
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response {
            status: answer.status(),
            headers: answer.headers().clone(),
            body: body.freeze(),
            complete,
            duration: started.elapsed(),
        })
    }
}

impl Inner {
    fn client(&self, trust: Trust) -> Result<&reqwest::Client, Error> {
        let (client, egress) = match trust {
            Trust::Addresses => (&self.guarded, Some(self.egress.clone())),
            Trust::Host => (&self.trusted, None),
        };
        let resolver = Arc::clone(&self.resolver);
        let built = client.get_or_init(|| build(Guarded { resolver, egress }));
        built.as_ref().map_err(|error| Error::Setup(error.clone()))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the client that the ban points to")]
fn build(resolver: Guarded) -> Result<reqwest::Client, SetupError> {
    reqwest::Client::builder()
        .user_agent(concat!("Tertulia/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Arc::new(resolver))
        // An inherited proxy would connect on our behalf, past the guard.
        .no_proxy()
        .redirect(redirect::Policy::none())
        .referer(false)
        // A silent second sending would be one that nobody accounts for.
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_SECS))
        .pool_idle_timeout(Duration::from_secs(IDLE_SECS))
        .pool_max_idle_per_host(IDLE_MAX)
        .build()
        .map_err(|error| SetupError(format!("{error:?}")))
}
