//! Settings: the compiled-in defaults, then a file, then the environment; unknown names are refused.

mod convert;
mod load;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};
use tertulia_net::Exception;
use tertulia_store::inspect::Risk;
use url::Url;

pub use load::{ConfigError, load};

/// The commented defaults, which are also the reference.
pub const DEFAULTS: &str = include_str!("default.toml");

/// Everything that the operator decides. The meanings are in `default.toml`.
#[derive(Clone, Deserialize)]
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
    #[serde(deserialize_with = "risks")]
    pub accept_risks: Vec<Risk>,
    pub shutdown_grace_secs: u64,
    pub log: Log,
    pub limits: Limits,
    pub uploads: Uploads,
    pub files: Files,
    pub egress: Egress,
    pub telegram: Telegram,
    pub sign_in: SignIn,
    pub visitors: Visitors,
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
pub struct Telegram {
    #[serde(deserialize_with = "address")]
    pub base_url: Url,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub json_bytes_max: usize,
    pub import_bytes_max: usize,
    pub head_secs: u64,
    pub body_secs: u64,
    pub body_bytes_per_sec_min: u64,
    pub requests_per_principal_per_minute_max: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploads {
    pub bytes_max: usize,
    pub pixels_max: u64,
    pub thumbnail_px_max: u32,
    pub decoding_max: usize,
    pub loose_secs: u64,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub bucket: String,
    pub region: String,
    #[serde(deserialize_with = "address_or_none")]
    pub endpoint: Option<Url>,
    pub access_key_id: String,
    pub secret_access_key: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Egress {
    pub ports: Vec<u16>,
    #[serde(deserialize_with = "exceptions")]
    pub exceptions: Vec<Exception>,
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
pub struct Visitors {
    pub begins_per_ip_per_hour_max: u32,
    pub proofs_per_ip_per_hour_max: u32,
    pub messages_per_visitor_per_minute_max: u32,
    pub messages_per_ip_per_minute_max: u32,
    pub uploads_per_visitor_per_minute_max: u32,
    pub requests_per_visitor_per_minute_max: u32,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    pub id: String,
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

fn exceptions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Exception>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| text.parse().map_err(serde::de::Error::custom)).collect()
}

fn risks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Risk>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    words.iter().map(|word| word.parse().map_err(serde::de::Error::custom)).collect()
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    parse_address(&String::deserialize(deserializer)?)
}

fn address_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { parse_address(&text).map(Some) }
}

fn parse_address<E: serde::de::Error>(text: &str) -> Result<Url, E> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(_) | Err(_) => Err(E::custom(format!(
            "{text:?} is not an address that begins with http:// or https://"
        ))),
    }
}
