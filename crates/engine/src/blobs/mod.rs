//! The bytes of files: a folder or an S3-compatible store, behind one small handle.

mod bucket;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use tokio::sync::Semaphore;

use crate::{Error, Result};

pub use bucket::{S3, Trouble};

/// What a probe writes; no file has this key, because those begin with their account.
const PROBE: &str = "tertulia-probe";

/// Files by key; cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Places for decoding pictures.
    pub(crate) decoding: Arc<Semaphore>,
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
        let store = bucket::open(s3).map_err(|e| unavailable(&e))?;
        Ok(Self::new(Arc::new(store), decoding_max))
    }

    /// Writes, reads and deletes something small, as files will be.
    pub async fn probe(&self) -> std::result::Result<(), Trouble> {
        let key = Key::from(PROBE);
        let bytes = Bytes::from_static(b"x");
        let written = self.store.put(&key, bytes.into()).await;
        written.map_err(|error| Trouble::of("write", &error))?;
        let read = self.store.get(&key).await;
        read.map_err(|error| Trouble::of("read", &error))?;
        let deleted = self.store.delete(&key).await;
        deleted.map_err(|error| Trouble::of("delete", &error))
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
