//! Where requests may go: a pure decision over the URL first and over the resolved addresses later.
//!
//! By default only the public internet, on the ports of the web. The owner of the installation adds
//! exceptions by host or network, never one switch for everything.

use std::net::IpAddr;
use std::str::FromStr;

use url::{Host, Url};

use crate::address::{Zone, zone};

/// Ports that may be called without an exception.
const PORTS: &[u16] = &[80, 443, 8443];

/// The policy of one installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egress {
    /// Ports that may be called.
    pub ports: Vec<u16>,
    /// Hosts and networks that may be called although they are not public.
    pub exceptions: Vec<Exception>,
}

/// Something that is allowed although it is not public: `hooks.lan`, `hooks.lan:9000`, `10.1.0.0/16`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exception {
    /// A host by name or address. With a port: on that port only, and there always.
    Host { name: String, port: Option<u16> },
    /// A network, on the allowed ports.
    Network { address: IpAddr, prefix: u8 },
}

/// Why a request may not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this is not an address of the web: {0}")]
    Malformed(String),
    #[error("only http and https are allowed, not {0}")]
    Scheme(String),
    #[error("an address must not contain a user name or password")]
    UserInfo,
    #[error("an address to call has no #fragment")]
    Fragment,
    #[error("port {0} is not allowed")]
    Port(u16),
    #[error("{address} is not a public address ({zone:?})")]
    Zone { address: IpAddr, zone: Zone },
}

/// Who judges the addresses that a checked URL resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Every address must be public or in an excepted network.
    Addresses,
    /// The owner named this very host and port.
    Host,
}

impl Default for Egress {
    fn default() -> Self {
        Self { ports: PORTS.to_vec(), exceptions: Vec::new() }
    }
}

impl Egress {
    /// Whether a URL may be called as far as its text tells; names are judged when they resolve.
    pub fn check(&self, text: &str) -> Result<Url, Refusal> {
        let url = Url::parse(text).map_err(|e| Refusal::Malformed(e.to_string()))?;
        self.check_url(&url)?;
        Ok(url)
    }

    pub(crate) fn check_url(&self, url: &Url) -> Result<Trust, Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(Refusal::Fragment);
        }
        let host = url.host().ok_or_else(|| Refusal::Malformed("no host".to_owned()))?;
        let port = url.port_or_known_default().unwrap_or(0);
        if self.excepts_host(&host, port) {
            return Ok(Trust::Host);
        }
        if !self.ports.contains(&port) {
            return Err(Refusal::Port(port));
        }
        match host {
            Host::Domain(_) => {}
            Host::Ipv4(address) => self.check_addresses(&[IpAddr::V4(address)])?,
            Host::Ipv6(address) => self.check_addresses(&[IpAddr::V6(address)])?,
        }
        Ok(Trust::Addresses)
    }

    /// Refuses when any of the answers is not public: one bad answer among good ones is an attack.
    pub fn check_addresses(&self, addresses: &[IpAddr]) -> Result<(), Refusal> {
        for &address in addresses {
            if let Some(zone) = zone(address)
                && !self.excepts_address(address)
            {
                return Err(Refusal::Zone { address, zone });
            }
        }
        Ok(())
    }

    fn excepts_host(&self, host: &Host<&str>, port: u16) -> bool {
        let name = host.to_string();
        let name = name.trim_matches(['[', ']']).trim_end_matches('.');
        self.exceptions.iter().any(|exception| match exception {
            Exception::Host { name: allowed, port: None } => {
                allowed == name && self.ports.contains(&port)
            }
            Exception::Host { name: allowed, port: Some(only) } => allowed == name && *only == port,
            Exception::Network { .. } => false,
        })
    }

    fn excepts_address(&self, address: IpAddr) -> bool {
        self.exceptions.iter().any(|exception| match exception {
            Exception::Network { address: network, prefix } => contains(*network, *prefix, address),
            Exception::Host { .. } => false,
        })
    }
}

fn contains(network: IpAddr, prefix: u8, address: IpAddr) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let differ = u32::from(network) ^ u32::from(address);
            differ.leading_zeros() >= u32::from(prefix)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let differ = u128::from(network) ^ u128::from(address);
            differ.leading_zeros() >= u32::from(prefix)
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

/// The text is neither a host nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither a host (`hooks.lan`, `hooks.lan:9000`) nor a network (`10.1.0.0/16`)")]
pub struct BadException(String);

impl FromStr for Exception {
    type Err = BadException;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadException(text.to_owned());
        if let Some((address, prefix)) = text.split_once('/') {
            let address: IpAddr = address.parse().map_err(|_| bad())?;
            let prefix: u8 = prefix.parse().map_err(|_| bad())?;
            let bits = if address.is_ipv4() { 32 } else { 128 };
            return if prefix <= bits { Ok(Self::Network { address, prefix }) } else { Err(bad()) };
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Host { name: address.to_string(), port: None });
        }
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, Some(port.parse().map_err(|_| bad())?)),
            None => (text, None),
        };
        let host = Host::parse(name).map_err(|_| bad())?.to_string();
        Ok(Self::Host { name: host.trim_matches(['[', ']']).to_owned(), port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone_of(text: &str) -> Option<Zone> {
        match Egress::default().check(text) {
            Err(Refusal::Zone { zone, .. }) => Some(zone),
            Ok(_) | Err(_) => None,
        }
    }

    #[test]
    fn an_address_cannot_hide_behind_its_spelling() {
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "0x7f.0x0.0x0.0x1",
            "127.0.0.1.",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "１２７.0.0.1",
            "127。0。0。1",
            "%31%32%37.0.0.1",
        ] {
            let zone = zone_of(&format!("http://{host}/"));
            assert_eq!(zone, Some(Zone::Loopback), "{host}");
        }
        assert_eq!(zone_of("http://0xa9fea9fe/"), Some(Zone::LinkLocal));
        assert_eq!(zone_of("http://2852039166/"), Some(Zone::LinkLocal));
        assert_eq!(zone_of("http://0/"), Some(Zone::Unspecified));
        assert_eq!(zone_of("https://[64:ff9b::7f00:1]/"), Some(Zone::Loopback));
    }

    #[test]
    fn each_part_of_a_bad_url_has_its_own_reason() {
        let check = |text: &str| Egress::default().check(text).map(drop).unwrap_err();
        assert_eq!(check("ftp://example.com/"), Refusal::Scheme("ftp".to_owned()));
        assert_eq!(check("file:///etc/passwd"), Refusal::Scheme("file".to_owned()));
        assert_eq!(check("https://user@example.com/"), Refusal::UserInfo);
        assert_eq!(check("https://:pw@example.com/"), Refusal::UserInfo);
        assert_eq!(check("https://example.com@127.0.0.1/"), Refusal::UserInfo);
        assert_eq!(check("https://example.com/#x"), Refusal::Fragment);
        assert_eq!(check("https://example.com:22/"), Refusal::Port(22));
        assert_eq!(check("http://example.com:0/"), Refusal::Port(0));
        for text in ["", "example.com", "http://", "https:// /", "http://999.1.1.1/"] {
            assert!(matches!(check(text), Refusal::Malformed(_)), "{text}");
        }
        for text in ["http://example.com", "https://example.com:8443/a?b", "https://пример.рф/"]
        {
            assert!(Egress::default().check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn one_bad_answer_among_good_ones_refuses_all() {
        let answers: Vec<IpAddr> =
            ["8.8.8.8", "10.0.0.1"].iter().map(|a| a.parse().unwrap()).collect();
        let refused = Egress::default().check_addresses(&answers).unwrap_err();
        assert_eq!(refused, Refusal::Zone { address: answers[1], zone: Zone::Private });
    }

    #[test]
    fn an_exception_opens_what_it_names_and_nothing_else() {
        let exceptions = ["hooks.lan:9000", "10.1.0.0/16", "127.0.0.1", "[::1]:81", "fd00::/8"];
        let exceptions = exceptions.iter().map(|text| text.parse().unwrap()).collect();
        let egress = Egress { exceptions, ..Egress::default() };
        let trust = |text: &str| egress.check_url(&Url::parse(text).unwrap());
        assert_eq!(trust("http://hooks.lan:9000/"), Ok(Trust::Host));
        assert_eq!(trust("http://HOOKS.lan:9000/"), Ok(Trust::Host));
        assert_eq!(trust("http://hooks.lan/"), Ok(Trust::Addresses));
        assert_eq!(trust("http://hooks.lan:9001/"), Err(Refusal::Port(9001)));
        assert_eq!(trust("http://10.1.255.255/"), Ok(Trust::Addresses));
        assert!(trust("http://10.2.0.0/").is_err());
        assert!(trust("http://10.0.255.255/").is_err());
        assert_eq!(trust("http://127.0.0.1/"), Ok(Trust::Host));
        assert!(trust("http://127.0.0.2/").is_err());
        assert_eq!(trust("http://[::1]:81/"), Ok(Trust::Host));
        assert!(trust("http://[::1]/").is_err());
        assert_eq!(trust("http://[fdff::1]/"), Ok(Trust::Addresses));
        assert!(egress.check_addresses(&["10.1.2.3".parse().unwrap()]).is_ok());
    }

    #[test]
    fn a_mistaken_exception_is_refused() {
        for text in ["", "10.0.0.0/33", "::/129", "10.0/8", "a b", "host:99999", "x/24"] {
            assert!(text.parse::<Exception>().is_err(), "{text}");
        }
    }
}
