//! Which part of the internet an address belongs to: everything that is not public has a name here.
//!
//! Sources: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its successors).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not on the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// 0.0.0.0/8 and `::`: "this host".
    Unspecified,
    /// 127.0.0.0/8 and `::1`.
    Loopback,
    /// 10/8, 172.16/12, 192.168/16, and the site-local fec0::/10.
    Private,
    /// 100.64.0.0/10, shared by the customers of a provider.
    CarrierNat,
    /// 169.254.0.0/16 and fe80::/10; clouds serve their credentials there.
    LinkLocal,
    /// Metadata services outside the link-local range.
    Metadata,
    /// fc00::/7.
    UniqueLocal,
    /// 224.0.0.0/4 and ff00::/8.
    Multicast,
    /// Protocol assignments, documentation, benchmarks, discard, and what is kept for the future.
    Reserved,
    /// 6to4, Teredo and local NAT64: an IPv4 address inside, routed by somebody else's rules.
    Tunnel,
}

/// Metadata service of a large cloud that sits in its public space.
const AZURE_METADATA: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);
/// Metadata service inside the carrier range.
const ALIBABA_METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
/// Metadata service inside the unique local range.
const AWS_METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254);

const fn v4(text: [u8; 4]) -> u32 {
    u32::from_be_bytes(text)
}

/// IPv4 ranges that are not public: network, prefix length, zone.
const V4: &[(u32, u32, Zone)] = &[
    (v4([0, 0, 0, 0]), 8, Zone::Unspecified),
    (v4([10, 0, 0, 0]), 8, Zone::Private),
    (v4([100, 64, 0, 0]), 10, Zone::CarrierNat),
    (v4([127, 0, 0, 0]), 8, Zone::Loopback),
    (v4([169, 254, 0, 0]), 16, Zone::LinkLocal),
    (v4([172, 16, 0, 0]), 12, Zone::Private),
    (v4([192, 0, 0, 0]), 24, Zone::Reserved),
    (v4([192, 0, 2, 0]), 24, Zone::Reserved),
    (v4([192, 88, 99, 0]), 24, Zone::Tunnel),
    (v4([192, 168, 0, 0]), 16, Zone::Private),
    (v4([198, 18, 0, 0]), 15, Zone::Reserved),
    (v4([198, 51, 100, 0]), 24, Zone::Reserved),
    (v4([203, 0, 113, 0]), 24, Zone::Reserved),
    (v4([224, 0, 0, 0]), 4, Zone::Multicast),
    (v4([240, 0, 0, 0]), 4, Zone::Reserved),
];

const fn v6(first: u16, second: u16, third: u16) -> u128 {
    ((first as u128) << 112) | ((second as u128) << 96) | ((third as u128) << 80)
}

/// IPv6 ranges that are not public, the narrower ones first.
const V6: &[(u128, u32, Zone)] = &[
    (0, 128, Zone::Unspecified),
    (1, 128, Zone::Loopback),
    (v6(0x64, 0xff9b, 1), 48, Zone::Tunnel),
    (v6(0x100, 0, 0), 64, Zone::Reserved),
    (v6(0x2001, 0, 0), 32, Zone::Tunnel),
    (v6(0x2001, 0, 0), 23, Zone::Reserved),
    (v6(0x2001, 0xdb8, 0), 32, Zone::Reserved),
    (v6(0x2002, 0, 0), 16, Zone::Tunnel),
    (v6(0x3fff, 0, 0), 20, Zone::Reserved),
    (v6(0x5f00, 0, 0), 16, Zone::Reserved),
    (v6(0xfc00, 0, 0), 7, Zone::UniqueLocal),
    (v6(0xfe80, 0, 0), 10, Zone::LinkLocal),
    (v6(0xfec0, 0, 0), 10, Zone::Private),
    (v6(0xff00, 0, 0), 8, Zone::Multicast),
];

/// The zone of an address; `None` when it is public.
#[must_use]
pub fn zone(address: IpAddr) -> Option<Zone> {
    match address {
        IpAddr::V4(address) => zone_v4(address),
        IpAddr::V6(address) => zone_v6(address),
    }
}

fn zone_v4(address: Ipv4Addr) -> Option<Zone> {
    if address == AZURE_METADATA || address == ALIBABA_METADATA {
        return Some(Zone::Metadata);
    }
    let bits = u32::from(address);
    let found = V4.iter().find(|(network, prefix, _)| (bits ^ network) >> (32 - prefix) == 0);
    found.map(|(_, _, zone)| *zone)
}

fn zone_v6(address: Ipv6Addr) -> Option<Zone> {
    if address == AWS_METADATA_V6 {
        return Some(Zone::Metadata);
    }
    let bits = u128::from(address);
    let found = V6.iter().find(|(network, prefix, _)| (bits ^ network) >> (128 - prefix) == 0);
    found.map(|(_, _, zone)| *zone).or_else(|| embedded(bits).and_then(zone_v4))
}

/// The IPv4 address that a mapped, compatible or NAT64 address stands for.
///
/// These are judged by what they stand for: an IPv6-only host reaches the public IPv4 internet so.
fn embedded(bits: u128) -> Option<Ipv4Addr> {
    let prefix = bits >> 32;
    let mapped = 0xffff;
    let compatible = 0;
    let nat64 = v6(0x64, 0xff9b, 0) >> 32;
    // The low 32 bits, as the mask says.
    let inner = u32::try_from(bits & u128::from(u32::MAX)).ok()?;
    [mapped, compatible, nat64].contains(&prefix).then(|| Ipv4Addr::from(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Zone>) {
        let address: IpAddr = text.parse().unwrap();
        assert_eq!(zone(address), expected, "{text}");
    }

    /// The first and last address of every range, and their neighbours outside.
    #[test]
    fn every_range_begins_and_ends_where_it_should() {
        for &(network, prefix, expected) in V4 {
            let last = network | (u32::MAX >> prefix);
            for bits in [network, last] {
                assert_eq!(zone_v4(Ipv4Addr::from(bits)), Some(expected));
            }
        }
        for &(network, prefix, _) in V6 {
            let last = network | u128::MAX.checked_shr(prefix).unwrap_or(0);
            for bits in [network, last] {
                assert!(zone_v6(Ipv6Addr::from(bits)).is_some(), "{}", Ipv6Addr::from(bits));
            }
        }
        for public in [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.88.98.255",
            "192.88.100.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "8.8.8.8",
            "168.63.129.15",
            "168.63.129.17",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
            "::8.8.8.8",
            "2001:200::",
            "2001:db7:ffff::",
            "2001:db9::",
            "2003::",
            "2a00::1",
            "3ffe:ffff::",
            "3fff:1000::",
            "5eff:ffff::",
            "5f01::",
            "64:ff9b:2::",
            "100:0:0:1::",
            "fbff:ffff::",
            "fe00::",
        ] {
            check(public, None);
        }
    }

    #[test]
    fn the_named_addresses_are_where_they_belong() {
        check("0.0.0.0", Some(Zone::Unspecified));
        check("127.0.0.1", Some(Zone::Loopback));
        check("169.254.169.254", Some(Zone::LinkLocal));
        check("168.63.129.16", Some(Zone::Metadata));
        check("100.100.100.200", Some(Zone::Metadata));
        check("fd00:ec2::254", Some(Zone::Metadata));
        check("255.255.255.255", Some(Zone::Reserved));
        check("::", Some(Zone::Unspecified));
        check("::1", Some(Zone::Loopback));
        check("fe80::1", Some(Zone::LinkLocal));
        check("fdff::1", Some(Zone::UniqueLocal));
        check("ff02::1", Some(Zone::Multicast));
    }

    #[test]
    fn an_ipv4_address_cannot_hide_inside_an_ipv6_one() {
        check("::ffff:127.0.0.1", Some(Zone::Loopback));
        check("::ffff:169.254.169.254", Some(Zone::LinkLocal));
        check("::10.0.0.1", Some(Zone::Private));
        check("64:ff9b::192.168.0.1", Some(Zone::Private));
        check("64:ff9b::7f00:1", Some(Zone::Loopback));
        check("64:ff9b:1::a00:1", Some(Zone::Tunnel));
        check("2002:7f00:1::", Some(Zone::Tunnel));
        check("2002:a9fe:a9fe::1", Some(Zone::Tunnel));
        check("2001:0:7f00:1::", Some(Zone::Tunnel));
        check("2001::ffff:ffff:ffff:ffff", Some(Zone::Tunnel));
    }
}
