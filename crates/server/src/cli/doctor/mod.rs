//! `tertulia doctor`: looks at everything that the server needs, and says what to do in plain words.

mod bucket;

use std::net::TcpListener;
use std::path::Path;

use tertulia_domain::Clock;
use tertulia_store::inspect::{Inspection, Risk, Setting, inspect};

use crate::cli::exit::{Failure, answer};
use crate::clock::SystemClock;
use crate::config::Config;

/// Free space below which a busy server soon stops taking messages.
const FREE_BYTES_MIN: u64 = 1_073_741_824;

/// What was found.
enum Finding {
    Fine(String),
    Warning(String),
    Broken(String),
}

use Finding::{Broken, Fine, Warning};

pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let mut findings = vec![Fine(format!("version: tertulia {}", env!("CARGO_PKG_VERSION")))];
    findings.extend([data_dir(&config.data_dir), disk(&config.data_dir)]);
    findings.extend(database(config));
    findings.extend(bucket::look(config));
    findings.extend([port(config), public_url(config)]);
    let mut broken = 0;
    for finding in &findings {
        let (mark, text) = match finding {
            Fine(text) => ("ok  ", text),
            Warning(text) => ("look", text),
            Broken(text) => ("BAD ", text),
        };
        broken += usize::from(matches!(finding, Broken(_)));
        answer(&format!("{mark}  {text}\n"));
    }
    match broken {
        0 => Ok(()),
        count => Err(Failure::Unavailable(anyhow::anyhow!("{count} things must be put right"))),
    }
}

fn data_dir(dir: &Path) -> Finding {
    let probe = dir.join(".doctor");
    let shown = dir.display();
    match std::fs::create_dir_all(dir).and_then(|()| std::fs::write(&probe, "x")) {
        Ok(()) => match std::fs::remove_file(&probe) {
            Ok(()) => Fine(format!("data: {shown} can be written")),
            Err(error) => Broken(format!("data: {shown}: {error}")),
        },
        Err(error) => Broken(format!(
            "data: {shown} cannot be written ({error}); change data_dir or its owner"
        )),
    }
}

fn disk(dir: &Path) -> Finding {
    let Ok(space) = rustix::fs::statvfs(dir) else {
        return Warning(format!("disk: the free space of {} is not known", dir.display()));
    };
    let free_bytes = space.f_bavail.saturating_mul(space.f_frsize);
    let text = format!("disk: {} MiB are free", free_bytes / 1_048_576);
    if free_bytes < FREE_BYTES_MIN {
        return Warning(format!("{text}; a full disk refuses new messages until there is space"));
    }
    Fine(text)
}

fn database(config: &Config) -> Vec<Finding> {
    if config.database_url.is_empty() && !config.database_file().exists() {
        return vec![Fine("database: SQLite, made when the server starts".to_owned())];
    }
    match inspect(&config.store()) {
        Ok(found) => inspected(&found, &config.accept_risks),
        Err(error) => vec![Broken(format!("database: {error}"))],
    }
}

fn inspected(found: &Inspection, accepted: &[Risk]) -> Vec<Finding> {
    let schema = match &found.schema {
        Ok(0) => Warning(format!("database: {} without our tables yet", found.engine)),
        Ok(version) if *version < found.schema_known => Warning(format!(
            "database: at version {version}; it is brought up to date at the start"
        )),
        Ok(version) => Fine(format!("database: {} at version {version}", found.engine)),
        Err(reason) => Broken(reason.clone()),
    };
    let mut findings = vec![schema];
    findings.extend(found.settings.iter().map(|setting| promise(setting, accepted)));
    findings.push(clock(found));
    findings
}

fn promise(Setting { name, value, risk }: &Setting, accepted: &[Risk]) -> Finding {
    let text = format!("promises: {name} is {value}");
    match risk {
        None => Fine(text),
        Some(risk) if accepted.contains(risk) => {
            Warning(format!("{text}: {}; accept_risks takes it", risk.harm()))
        }
        Some(risk) => Broken(format!("{text}: {}", risk.harm())),
    }
}

fn clock(found: &Inspection) -> Finding {
    let now = SystemClock.now();
    match found.newest_event_at {
        Some(newest) if newest > now => Broken(format!(
            "clock: it says {now}, but the database has something from {newest}; set the clock"
        )),
        Some(_) | None => Fine(format!("clock: {now}")),
    }
}

fn port(config: &Config) -> Finding {
    let address = config.listen;
    match TcpListener::bind(address) {
        Ok(_) => Fine(format!("port: {address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Warning(format!("port: {address} is in use; fine if that is this server"))
        }
        Err(error) => Broken(format!("port: cannot listen on {address}: {error}")),
    }
}

fn public_url(config: &Config) -> Finding {
    let url = &config.public_url;
    if config.is_exposed() {
        return Warning(format!(
            "public_url: {url} is not https, so passwords and messages can be read on the way"
        ));
    }
    if url.scheme() == "https" && config.trusted_proxies.is_empty() {
        return Warning(format!(
            "public_url: {url} is behind a proxy that trusted_proxies does not name, so all people \
             look like one address and share its limits"
        ));
    }
    Fine(format!("public_url: {url}"))
}
