//! From the operator's words to what each part needs to know.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use tertulia_engine::{Blobs, OidcProvider, S3, SignInLimits, UploadLimits, VisitorLimits};
use tertulia_store::StoreConfig;
use url::Url;

use super::{Config, Oidc};

/// Names in the data folder.
const SQLITE_FILE: &str = "tertulia.db";
const FILES_FOLDER: &str = "files";

impl Config {
    /// Where the data is.
    #[must_use]
    pub fn store(&self) -> StoreConfig {
        if self.database_url.is_empty() {
            let path = self.database_file();
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
        let uploads = UploadLimits {
            bytes_max: self.uploads.bytes_max,
            pixels_max: self.uploads.pixels_max,
            thumbnail_px_max: self.uploads.thumbnail_px_max,
            decoding_max: self.uploads.decoding_max,
            loose_secs: self.uploads.loose_secs,
        };
        let visitors = VisitorLimits {
            begins_per_ip_per_hour_max: self.visitors.begins_per_ip_per_hour_max,
            proofs_per_ip_per_hour_max: self.visitors.proofs_per_ip_per_hour_max,
            messages_per_visitor_per_minute_max: self.visitors.messages_per_visitor_per_minute_max,
            messages_per_ip_per_minute_max: self.visitors.messages_per_ip_per_minute_max,
            uploads_per_visitor_per_minute_max: self.visitors.uploads_per_visitor_per_minute_max,
            requests_per_visitor_per_minute_max: self.visitors.requests_per_visitor_per_minute_max,
        };
        let egress = tertulia_net::Egress {
            ports: self.egress.ports.clone(),
            exceptions: self.egress.exceptions.clone(),
        };
        let oidc = self.oidc.iter().map(Oidc::provider).collect();
        let requests_per_principal_per_minute_max =
            self.limits.requests_per_principal_per_minute_max;
        let defaults = tertulia_engine::Settings::new(self.public_url.clone());
        tertulia_engine::Settings {
            sign_in,
            uploads,
            visitors,
            requests_per_principal_per_minute_max,
            egress,
            telegram_url: self.telegram.base_url.as_str().trim_end_matches('/').to_owned(),
            oidc,
            ..defaults
        }
    }

    /// Whether passwords and messages travel beyond this machine in the clear.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        let host = self.public_url.host_str();
        let is_local = matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"));
        self.public_url.scheme() != "https" && !is_local
    }

    /// The embedded database, if there is no other.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data_dir.join(SQLITE_FILE)
    }

    /// Where the bytes of files are, without a bucket.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        self.data_dir.join(FILES_FOLDER)
    }

    /// The bytes of files.
    pub fn blobs(&self) -> Result<Blobs> {
        let (files, decoding_max) = (&self.files, self.uploads.decoding_max);
        if files.bucket.is_empty() {
            let folder = self.files_folder();
            std::fs::create_dir_all(&folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
            return Ok(Blobs::in_folder(&folder, decoding_max)?);
        }
        let s3 = S3 {
            bucket: files.bucket.clone(),
            region: files.region.clone(),
            endpoint: files.endpoint.as_ref().map(Url::to_string).unwrap_or_default(),
            access_key_id: files.access_key_id.clone(),
            secret_access_key: files.secret_access_key.clone(),
        };
        Blobs::in_bucket(&s3, decoding_max).context("[files]")
    }

    /// What the routes need to know.
    #[must_use]
    pub fn api(&self) -> tertulia_api::Settings {
        let limits = tertulia_api::Limits {
            json_bytes_max: self.limits.json_bytes_max,
            import_bytes_max: self.limits.import_bytes_max,
            body_within: Duration::from_secs(self.limits.body_secs),
            body_bytes_per_sec_min: self.limits.body_bytes_per_sec_min,
        };
        let trusted_proxies = self.trusted_proxies.clone();
        tertulia_api::Settings { trusted_proxies, limits }
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
