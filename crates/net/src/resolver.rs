//! Names to addresses, judged at the moment of connecting: the answer that was checked is the one used.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns;

use crate::egress::Egress;

/// The answer to a look-up.
pub type Resolving = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up. The system does it; tests answer what they like.
pub trait Resolve: Send + Sync + 'static {
    fn resolve(&self, name: &str) -> Resolving;
}

/// The operating system's resolver.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: &str) -> Resolving {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Hands the library only answers that passed. There is no second look-up that could answer otherwise.
pub(crate) struct Guarded {
    pub(crate) resolver: Arc<dyn Resolve>,
    /// `None`: the owner named the host, its addresses are not judged.
    pub(crate) egress: Option<Egress>,
}

impl dns::Resolve for Guarded {
    fn resolve(&self, name: dns::Name) -> dns::Resolving {
        let answer = self.resolver.resolve(name.as_str());
        let egress = self.egress.clone();
        Box::pin(async move {
            let addresses = answer.await?;
            if let Some(egress) = egress {
                egress.check_addresses(&addresses)?;
            }
            // The library puts the port of the URL in place of the zero.
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as dns::Addrs)
        })
    }
}
