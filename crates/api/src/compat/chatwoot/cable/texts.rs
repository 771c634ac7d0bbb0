//! What an event says to agents, worked out once for all their sockets.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use moka::sync::Cache;
use tertulia_domain::AccountId;
use tertulia_live::Frame;
use tokio::sync::OnceCell;

/// Frames whose texts are kept: those that sockets get at about the same time.
const FRAMES_MAX: u64 = 256;
const KEPT_FOR: Duration = Duration::from_secs(5);

type Lines = Arc<[String]>;

/// The texts of the newest frames.
#[derive(Clone)]
pub(super) struct Texts(Cache<(AccountId, Bytes), Arc<OnceCell<Lines>>>);

impl Texts {
    pub(super) fn new() -> Self {
        Self(Cache::builder().max_capacity(FRAMES_MAX).time_to_live(KEPT_FOR).build())
    }

    /// The texts of a frame, made by whoever comes first. A failure is not kept.
    pub(super) async fn of<E>(
        &self,
        account: AccountId,
        frame: &Frame,
        make: impl Future<Output = Result<Vec<String>, E>>,
    ) -> Result<Lines, E> {
        let cell = self.0.get_with((account, frame.bytes()), Arc::default);
        let lines = cell.get_or_try_init(|| async { make.await.map(Lines::from) }).await?;
        Ok(Arc::clone(lines))
    }
}
