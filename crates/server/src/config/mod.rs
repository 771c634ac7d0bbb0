//! Settings: the compiled-in defaults, then a file, then the environment; unknown names are refused.

mod load;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use tertulia_engine::{OidcProvider, SignInLimits};
use tertulia_store::StoreConfig;
use url::Url;

pub use load::{ConfigError, load};

/// The commented defaults, which are also the reference.
pub const DEFAULTS: &str = include_str!("default.toml");

/// Name of the database file in the data folder.
const SQLITE_FILE: &str = "tertulia.db";

/// Everything that the operator decides. The meanings are in `default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    #[serde(deserialize_with = "address")]
    pub public_url: Url,
    pub trusted_proxies: Vec<IpAddr>,
    pub metrics_listen: String,
    pub data_dir: PathBuf,
    pub database_url: String,
    pub sqlite_readers: usize,
    pub postgres_connections: usize,
    pub shutdown_grace_secs: u64,
    pub log: Log,
    pub limits: Limits,
    pub sign_in: SignIn,
    #[serde(default)]
    pub oidc: Vec<Oidc>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub filter: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub json_bytes_max: usize,
    pub import_bytes_max: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub tries_per_email_max: u32,
    pub tries_per_ip_max: u32,
    pub one_time_tries_per_ip_max: u32,
    pub window_secs: u64,
    pub hashing_max: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    pub id: String,
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

impl Config {
    /// Where the data is.
    #[must_use]
    pub fn store(&self) -> StoreConfig {
        if self.database_url.is_empty() {
            let path = self.data_dir.join(SQLITE_FILE);
            return StoreConfig::Sqlite { path, readers: self.sqlite_readers };
        }
        let (url, connections) = (self.database_url.clone(), self.postgres_connections);
        StoreConfig::Postgres { url, connections }
    }

    /// What the engine needs to know.
    #[must_use]
    pub fn engine(&self) -> tertulia_engine::Settings {
        let sign_in = SignInLimits {
            tries_per_email_max: self.sign_in.tries_per_email_max,
            tries_per_ip_max: self.sign_in.tries_per_ip_max,
            one_time_tries_per_ip_max: self.sign_in.one_time_tries_per_ip_max,
            window_secs: self.sign_in.window_secs,
            hashing_max: self.sign_in.hashing_max,
        };
        let oidc = self.oidc.iter().map(Oidc::provider).collect();
        tertulia_engine::Settings {
            sign_in,
            oidc,
            ..tertulia_engine::Settings::new(self.public_url.clone())
        }
    }

    /// What the routes need to know.
    #[must_use]
    pub fn api(&self) -> Arc<tertulia_api::Settings> {
        let limits = tertulia_api::Limits {
            json_bytes_max: self.limits.json_bytes_max,
            import_bytes_max: self.limits.import_bytes_max,
        };
        let trusted_proxies = self.trusted_proxies.clone();
        Arc::new(tertulia_api::Settings { trusted_proxies, limits })
    }
}

impl Oidc {
    fn provider(&self) -> OidcProvider {
        OidcProvider {
            id: self.id.clone(),
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
        }
    }
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(_) | Err(_) => Err(serde::de::Error::custom(format!(
            "{text:?} is not an address that begins with http:// or https://"
        ))),
    }
}
