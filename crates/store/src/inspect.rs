//! What `tertulia doctor` and the start ask a database, without changing or migrating it.

use std::str::FromStr;

use tertulia_domain::Timestamp;

use crate::db::{Engine, StoreConfig};
use crate::error::Result;
use crate::migrate::{self, Link};

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The engine with its version.
    pub engine: String,
    /// The schema's version in the database, 0 when it is empty; or why it is not one of ours.
    pub schema: std::result::Result<i64, String>,
    /// The schema's version that this binary makes.
    pub schema_known: i64,
    pub settings: Vec<Setting>,
    /// The newest moment in the journal: the clock should not be before it.
    pub newest_event_at: Option<Timestamp>,
}

/// A setting of the database that a promise hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    pub value: String,
    /// The promise that it breaks.
    pub risk: Option<Risk>,
}

/// What only the database's operator can put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    Fsync,
    FullPageWrites,
    RowLevelSecurity,
}

impl Risk {
    pub const ALL: [Self; 3] = [Self::Fsync, Self::FullPageWrites, Self::RowLevelSecurity];

    /// The word by which the operator takes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fsync => "fsync",
            Self::FullPageWrites => "full_page_writes",
            Self::RowLevelSecurity => "row_level_security",
        }
    }

    /// What can happen.
    #[must_use]
    pub fn harm(self) -> &'static str {
        match self {
            Self::Fsync | Self::FullPageWrites => {
                "a power cut can lose what was acknowledged, or damage the database"
            }
            Self::RowLevelSecurity => {
                "the second wall between accounts does not hold for this role: use one that is \
                 neither superuser nor BYPASSRLS"
            }
        }
    }
}

impl FromStr for Risk {
    type Err = String;

    fn from_str(word: &str) -> std::result::Result<Self, String> {
        let known = || Self::ALL.map(Self::as_str).join(", ");
        let found = Self::ALL.into_iter().find(|risk| risk.as_str() == word);
        found.ok_or_else(|| format!("{word:?} is not a risk; known are {}", known()))
    }
}

/// Looks at a database. For SQLite the file must be there.
pub fn inspect(config: &StoreConfig) -> Result<Inspection> {
    let mut link = Link::open(config)?;
    let version = match link.engine() {
        Engine::Sqlite => format!("SQLite {}", rusqlite::version()),
        Engine::Postgres => format!("PostgreSQL {}", first(&mut link, "SHOW server_version")?),
    };
    let newest = "/* system */ SELECT CAST(max(at) AS TEXT) FROM events WHERE at IS NOT NULL \
                  HAVING max(at) IS NOT NULL";
    // A database without our tables has no journal.
    let newest = first(&mut link, newest).ok().and_then(|micros| micros.parse().ok());
    Ok(Inspection {
        engine: version,
        schema: migrate::version(&mut link).map_err(|error| error.to_string()),
        schema_known: migrate::newest(),
        settings: settings(&mut link)?,
        newest_event_at: newest.map(Timestamp),
    })
}

/// The settings that break a promise.
pub fn risks(config: &StoreConfig) -> Result<Vec<Setting>> {
    match config {
        // Each connection makes its own settings, and one that cannot is refused.
        StoreConfig::Sqlite { .. } => Ok(Vec::new()),
        StoreConfig::Postgres { .. } => {
            let mut settings = settings(&mut Link::open(config)?)?;
            settings.retain(|setting| setting.risk.is_some());
            Ok(settings)
        }
    }
}

fn settings(link: &mut Link) -> Result<Vec<Setting>> {
    match link.engine() {
        Engine::Sqlite => {
            let synchronous = "SELECT CASE synchronous WHEN 0 THEN 'OFF' WHEN 1 THEN 'NORMAL' \
                               WHEN 2 THEN 'FULL' ELSE 'EXTRA' END FROM pragma_synchronous";
            let synchronous = first(link, synchronous)?;
            let journal = first(link, "PRAGMA journal_mode")?;
            Ok(vec![plain("synchronous", synchronous), plain("journal_mode", journal)])
        }
        Engine::Postgres => {
            let commit = first(link, "SHOW synchronous_commit")?;
            // Ours is set by each connection, whatever the server or the role says.
            let mut settings = vec![plain("synchronous_commit", commit)];
            for risk in [Risk::Fsync, Risk::FullPageWrites] {
                let name = risk.as_str();
                let value = first(link, &format!("SHOW {name}"))?;
                let risk = (value == "off").then_some(risk);
                settings.push(Setting { name, value, risk });
            }
            let role = "SELECT CASE WHEN rolsuper OR rolbypassrls THEN 'not in force' \
                        ELSE 'in force' END FROM pg_roles WHERE rolname = current_user";
            let value = first(link, role)?;
            let risk = (value != "in force").then_some(Risk::RowLevelSecurity);
            settings.push(Setting { name: Risk::RowLevelSecurity.as_str(), value, risk });
            Ok(settings)
        }
    }
}

fn plain(name: &'static str, value: String) -> Setting {
    Setting { name, value, risk: None }
}

fn first(link: &mut Link, sql: &str) -> Result<String> {
    Ok(link.texts(sql)?.into_iter().next().unwrap_or_default())
}
