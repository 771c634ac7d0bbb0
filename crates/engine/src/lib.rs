//! Every write use case of Tertulia: one function per verb, one transaction per call.
//!
//! A use case takes the [`Engine`], the [`Ctx`] of who asks, and a command; it answers a view.
//! **Invariant:** nothing here knows HTTP, sockets or a provider's wire format.

mod change;
mod ctx;
mod error;

pub mod views;

use std::sync::Arc;

use tertulia_domain::{Clock, Entropy};
use tertulia_store::Store;

pub use change::{Change, Fact};
pub use ctx::{Access, Ctx, Idempotency};
pub use error::{Error, Result};

/// What every use case works with; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
}
