//! A PostgreSQL address, with `sslmode` and `sslrootcert` as PostgreSQL's own clients understand them.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use postgres::config::SslMode;
use postgres::{Client, NoTls};

use super::tls::{self, Roots, Trust};
use crate::error::{Error, Result};

const MODE: &str = "sslmode";
const ROOTS: &str = "sslrootcert";
/// The value of `sslrootcert` that stands for the certificates of the operating system.
const SYSTEM: &str = "system";

/// Opens a connection to the address, encrypted as it asks.
pub(crate) fn connect(url: &str) -> Result<Client> {
    let address = Address::parse(url)?;
    let connected = match &address.trust {
        None => address.config.connect(NoTls),
        Some(trust) => address.config.connect(tls::connector(trust)?),
    };
    connected.map_err(|e| match Error::postgres(&e) {
        // No statement was refused, whatever it was: there is no connection.
        Error::Refused { reason } => Error::Unavailable { reason },
        other => other,
    })
}

/// Where to connect, and whom to trust there; `None`: nothing is encrypted.
#[derive(Debug)]
struct Address {
    config: postgres::Config,
    trust: Option<Trust>,
}

impl Address {
    /// The driver knows neither the two modes that verify nor where the root certificates are, so
    /// both parameters are taken out before it reads the rest.
    fn parse(url: &str) -> Result<Self> {
        let (base, query) = url.rsplit_once('?').unwrap_or((url, ""));
        let (mut mode, mut roots, mut rest) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some((MODE, value)) => mode = Some(decode(MODE, value)?),
                Some((ROOTS, value)) => roots = Some(decode(ROOTS, value)?),
                Some(_) | None => rest.push(pair),
            }
        }
        let rest = match rest.as_slice() {
            [] => base.to_owned(),
            rest => format!("{base}?{}", rest.join("&")),
        };
        let mut config: postgres::Config = rest.parse().map_err(|e| unreadable(&e))?;
        let roots = roots.map(|roots| match roots.as_str() {
            SYSTEM => Roots::System,
            path => Roots::File(PathBuf::from(path)),
        });
        let mode = mode.as_deref().unwrap_or(match config.get_ssl_mode() {
            SslMode::Disable => "disable",
            SslMode::Require => "require",
            _ => "prefer",
        });
        let (ssl_mode, trust) = read_mode(mode, roots)?;
        config.ssl_mode(ssl_mode);
        Ok(Self { config, trust })
    }
}

fn read_mode(mode: &str, roots: Option<Roots>) -> Result<(SslMode, Option<Trust>)> {
    Ok(match mode {
        "disable" => (SslMode::Disable, None),
        "prefer" => (SslMode::Prefer, Some(Trust::Anybody)),
        // Who names the roots wants them checked: PostgreSQL's own clients do the same.
        "require" => (SslMode::Require, Some(roots.map_or(Trust::Anybody, Trust::Chain))),
        "verify-ca" => (SslMode::Require, Some(Trust::Chain(roots.unwrap_or(Roots::System)))),
        "verify-full" => (SslMode::Require, Some(Trust::Name(roots.unwrap_or(Roots::System)))),
        other => {
            let modes = "disable, prefer, require, verify-ca and verify-full";
            return Err(refused(format!("{MODE} is {other:?}; there are {modes}")));
        }
    })
}

fn decode(name: &str, value: &str) -> Result<String> {
    let decoded = percent_decode_str(value).decode_utf8();
    decoded.map(String::from).map_err(|_| refused(format!("{name} is not UTF-8")))
}

/// What the driver does not like, with its reason.
fn unreadable(error: &postgres::Error) -> Error {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    refused(cause.unwrap_or_else(|| error.to_string()))
}

fn refused(reason: String) -> Error {
    Error::Unavailable { reason: format!("the address of PostgreSQL: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, mode: SslMode, trust: Option<Trust>) {
        let address = Address::parse(&format!("postgres://ana:p%3Fw@db.example/desk{query}"));
        let address = address.unwrap();
        assert_eq!((address.config.get_ssl_mode(), address.trust), (mode, trust), "{query}");
        assert_eq!(address.config.get_password(), Some(b"p?w".as_slice()), "{query}");
        assert_eq!(address.config.get_dbname(), Some("desk"), "{query}");
    }

    #[test]
    fn modes_mean_what_they_mean_to_postgresqls_own_clients() {
        let file = || Roots::File(PathBuf::from("/etc/our ca.pem"));
        let root = "sslrootcert=/etc/our%20ca.pem";
        check("", SslMode::Prefer, Some(Trust::Anybody));
        check("?sslmode=disable", SslMode::Disable, None);
        check("?sslmode=require", SslMode::Require, Some(Trust::Anybody));
        check(&format!("?{root}&sslmode=require"), SslMode::Require, Some(Trust::Chain(file())));
        check(&format!("?sslmode=prefer&{root}"), SslMode::Prefer, Some(Trust::Anybody));
        check("?sslmode=verify-ca", SslMode::Require, Some(Trust::Chain(Roots::System)));
        check(&format!("?sslmode=verify-full&{root}"), SslMode::Require, Some(Trust::Name(file())));
        let system = "?sslmode=verify-full&sslrootcert=system";
        check(system, SslMode::Require, Some(Trust::Name(Roots::System)));
    }

    #[test]
    fn other_parameters_go_to_the_driver_and_unknown_ones_are_refused() {
        let url = "postgres://db.example/desk?application_name=a&sslmode=require&connect_timeout=3";
        let config = Address::parse(url).unwrap().config;
        assert_eq!(config.get_application_name(), Some("a"));
        assert_eq!(config.get_connect_timeout(), Some(&std::time::Duration::from_secs(3)));
        for (query, named) in [("sslmode=allow", "allow"), ("sslroot=x", "sslroot")] {
            let error = Address::parse(&format!("postgres://db.example/desk?{query}")).unwrap_err();
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
