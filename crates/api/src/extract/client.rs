//! Facts about the request itself: its id, and where it comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::app::{App, Settings};

/// Longest user agent that is kept.
const USER_AGENT_CHARS_MAX: usize = 300;
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The id of this request, in the log, in problems and in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) String);

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) ip: IpAddr,
    pub(crate) user_agent: String,
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Without a socket (a test that calls the router) everybody is at home.
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
        Ok(Self {
            ip: client_ip(&app.settings, peer, &parts.headers),
            user_agent: user_agent.unwrap_or_default().chars().take(USER_AGENT_CHARS_MAX).collect(),
        })
    }
}

/// The last hop that is not one of our own proxies; what a stranger claims counts for nothing.
fn client_ip(settings: &Settings, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut ip = peer.to_canonical();
    let hops: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in hops.iter().rev() {
        if !settings.trusted_proxies.contains(&ip) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(next) => ip = next.to_canonical(),
            Err(_) => break,
        }
    }
    ip
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Limits;

    #[track_caller]
    fn check(peer: &str, forwarded: &str, expected: &str) {
        let settings = Settings {
            trusted_proxies: vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()],
            limits: Limits {
                json_bytes_max: 1,
                import_bytes_max: 1,
                body_within: std::time::Duration::ZERO,
                body_bytes_per_sec_min: 1,
            },
        };
        let headers = [(FORWARDED_FOR.parse().unwrap(), forwarded.parse().unwrap())];
        let ip = client_ip(&settings, peer.parse().unwrap(), &headers.into_iter().collect());
        assert_eq!(ip.to_string(), expected);
    }

    #[test]
    fn only_trusted_proxies_speak_for_others() {
        check("203.0.113.9", "198.51.100.7", "203.0.113.9");
        check("10.0.0.1", "198.51.100.7", "198.51.100.7");
        check("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7");
        check("10.0.0.1", "nonsense", "10.0.0.1");
        check("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7");
    }
}
