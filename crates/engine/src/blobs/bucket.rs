//! An S3-compatible store: how it is reached, and why it cannot be used.

use std::error::Error as _;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpError, HttpErrorKind};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};

/// How long a connection may take to be made.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// How long the store may be silent. The whole of a request has no limit: a reader of a large file is
/// as slow as the network that the file goes on to.
const SILENT_MAX: Duration = Duration::from_secs(30);
/// A request is tried again this often, and only this long: somebody waits for the answer.
const RETRIES_MAX: usize = 2;
const RETRY_WITHIN: Duration = Duration::from_secs(5);

/// Where an S3-compatible store is, and who asks.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    pub bucket: String,
    pub region: String,
    /// Empty for Amazon's own; the bucket's name follows in the path.
    pub endpoint: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// Why files cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers there.
    Unreachable { detail: String },
    /// The store does not take the key, or the key may not do this.
    Refused { doing: &'static str },
    /// There is no such bucket.
    Missing,
    /// Anything else, in the store's words.
    Other { doing: &'static str, detail: String },
}

pub(super) fn open(s3: &S3) -> object_store::Result<AmazonS3> {
    let endpoint = s3.endpoint.trim_end_matches('/');
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: RETRIES_MAX,
        retry_timeout: RETRY_WITHIN,
    };
    let client = ClientOptions::new()
        .with_allow_http(endpoint.starts_with("http://"))
        .with_connect_timeout(CONNECT_WITHIN)
        .with_read_timeout(SILENT_MAX)
        .with_timeout_disabled();
    let mut builder = AmazonS3Builder::new()
        .with_client_options(client)
        .with_retry(retry)
        // Deleting many at once is what not every compatible store can, and one goes at a time here.
        .with_disable_bulk_delete(true)
        .with_bucket_name(&s3.bucket)
        .with_region(&s3.region)
        .with_access_key_id(&s3.access_key_id)
        .with_secret_access_key(&s3.secret_access_key);
    if !endpoint.is_empty() {
        builder = builder.with_endpoint(endpoint);
    }
    builder.build()
}

impl Trouble {
    pub(super) fn of(doing: &'static str, error: &object_store::Error) -> Self {
        use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
        match error {
            PermissionDenied { .. } | Unauthenticated { .. } => Self::Refused { doing },
            NotFound { .. } => Self::Missing,
            error => {
                let detail = one_line(&error.to_string());
                if is_unreachable(error) {
                    Self::Unreachable { detail }
                } else {
                    Self::Other { doing, detail }
                }
            }
        }
    }
}

fn is_unreachable(error: &object_store::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<HttpError>() {
            use HttpErrorKind::{Connect, Interrupted, Timeout};
            return matches!(error.kind(), Connect | Interrupted | Timeout);
        }
        cause = error.source();
    }
    false
}

/// A store's answer may be a page of XML.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
