//! The bytes of files: a folder or an S3-compatible store, behind one small handle.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Files by key; cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Places for decoding pictures.
    pub(crate) decoding: Arc<Semaphore>,
}

/// An S3-compatible store.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    pub bucket: String,
    pub region: String,
    /// Empty for Amazon's own.
    pub endpoint: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// Bytes that arrive in pieces.
pub type ByteStream = BoxStream<'static, std::io::Result<Bytes>>;

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({})", self.store)
    }
}

impl Blobs {
    fn new(store: Arc<dyn ObjectStore>, decoding_max: usize) -> Self {
        Self { store, decoding: Arc::new(Semaphore::new(decoding_max.max(1))) }
    }

    /// Files that are gone with the process, for tests.
    #[must_use]
    pub fn in_memory(decoding_max: usize) -> Self {
        Self::new(Arc::new(InMemory::new()), decoding_max)
    }

    /// Files in a folder, which must be there.
    pub fn in_folder(folder: &Path, decoding_max: usize) -> Result<Self> {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| unavailable(&e))?;
        Ok(Self::new(Arc::new(store.with_fsync(true)), decoding_max))
    }

    /// Files in a bucket.
    pub fn in_bucket(s3: &S3, decoding_max: usize) -> Result<Self> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_access_key_id(&s3.access_key_id)
            .with_secret_access_key(&s3.secret_access_key);
        if !s3.endpoint.is_empty() {
            builder = builder
                .with_endpoint(&s3.endpoint)
                .with_allow_http(s3.endpoint.starts_with("http:"));
        }
        Ok(Self::new(Arc::new(builder.build().map_err(|e| unavailable(&e))?), decoding_max))
    }

    /// Keeps bytes under a key; when this answers, they are durable.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.store.put(&Key::from(key), bytes.into()).await.map(drop).map_err(|e| unavailable(&e))
    }

    /// The bytes of a key, or a part of them; `None` when there is no such key.
    pub async fn read(&self, key: &str, part: Option<Range<u64>>) -> Result<Option<ByteStream>> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        match self.store.get_opts(&Key::from(key), options).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(std::io::Error::other).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Forgets a key; one that is not there is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }
}

fn unavailable(error: &object_store::Error) -> Error {
    let reason = format!("files: {error}");
    Error::Storage(tertulia_store::Error::Unavailable { reason })
}
