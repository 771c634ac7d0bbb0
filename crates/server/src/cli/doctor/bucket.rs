//! Whether the bucket of files can be written, read and emptied, by doing it.

use tertulia_engine::Trouble;

use super::Finding::{self, Broken, Fine, Warning};
use crate::config::{Config, Files};

/// Nothing is said about a folder: the data folder has its own line.
pub(super) fn look(config: &Config) -> Vec<Finding> {
    let files = &config.files;
    if files.bucket.is_empty() {
        return Vec::new();
    }
    let place = place(files);
    let tried = match probe(config) {
        Ok(Ok(())) => Fine(format!("files: {place} can be written, read and emptied")),
        Ok(Err(trouble)) => Broken(said(&place, &trouble)),
        Err(error) => Broken(format!("files: {place}: {error:#}")),
    };
    let mut findings = vec![tried];
    findings.extend(on_the_way(files));
    findings
}

fn place(files: &Files) -> String {
    match &files.endpoint {
        Some(endpoint) => format!("the bucket {} at {endpoint}", files.bucket),
        None => format!("the bucket {} at Amazon, region {}", files.bucket, files.region),
    }
}

fn probe(config: &Config) -> anyhow::Result<Result<(), Trouble>> {
    let blobs = config.blobs()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(blobs.probe()))
}

fn said(place: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreachable { detail } => format!(
            "files: {place} cannot be reached; check [files] endpoint and the network ({detail})"
        ),
        Trouble::Refused { doing } => format!(
            "files: {place} does not let this key {doing} files; check [files] access_key_id and \
             secret_access_key, what the key may do, and this machine's clock"
        ),
        Trouble::Missing => {
            format!("files: {place} is not there; make it, or change [files] bucket")
        }
        Trouble::Other { doing, detail } => format!("files: {place} does not {doing}: {detail}"),
    }
}

fn on_the_way(files: &Files) -> Option<Finding> {
    let endpoint = files.endpoint.as_ref()?;
    let is_local = matches!(endpoint.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    (endpoint.scheme() != "https" && !is_local).then(|| {
        Warning(format!("files: {endpoint} is not https, so files can be read on the way"))
    })
}
