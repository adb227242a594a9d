/// What kind of place an IP address is. Every address has one, also an unusual or an unassigned one.
package enum AddressClass: String, Sendable, Hashable, CaseIterable {
    /// Reachable over the Internet.
    case global = "public"
    /// Of a private network: RFC 1918, unique local, and the space shared behind a carrier's NAT.
    case privateNetwork = "private"
    /// This machine.
    case loopback
    /// The same wire, without a router.
    case linkLocal
    /// No place that an API can have: unspecified, multicast, broadcast, for documentation and benchmarks, not assigned;
    /// and the addresses where clouds hand out a machine's credentials. No request is ever sent there.
    case reserved

    /// As a message says it after "is".
    package var phrase: String {
        switch self {
        case .global: "a public address"
        case .privateNetwork: "an address of a private network"
        case .loopback: "an address of this machine"
        case .linkLocal: "a link-local address"
        case .reserved: "a reserved address, at which no API can be"
        }
    }

    package init(of address: IPAddress) {
        // An address of IPv4 within one of IPv6 leads where that leads: NAT64 (RFC 6052) and 6to4 (RFC 3056).
        if Self.nat64.contains(address) {
            self.init(of: IPAddress(v4: UInt32(truncatingIfNeeded: address.bits)))
        } else if Self.sixToFour.contains(address) {
            self.init(of: IPAddress(v4: UInt32(truncatingIfNeeded: address.bits >> 80)))
        } else if let known = Self.ranges.first(where: { $0.prefix.contains(address) }) {
            self = known.kind
        } else {
            // Of IPv6 only 2000::/3 is given out (IANA, "IPv6 Global Unicast Address Assignments").
            self = address.v4 != nil || Self.unicast.contains(address) ? .global : .reserved
        }
    }

    private static let nat64 = prefix("64:ff9b::/96")
    private static let sixToFour = prefix("2002::/16")
    private static let unicast = prefix("2000::/3")

    private static let ranges = registry.map { (prefix: prefix($0.0), kind: $0.1) }

    private static func prefix(_ text: String) -> IPPrefix {
        // The texts are this file's own, and a test reads each of them.
        guard let prefix = IPPrefix(text) else { preconditionFailure("\(text) is no prefix") }
        return prefix
    }

    /// The first that holds an address says what it is.
    ///
    /// From IANA's "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry" (RFC 6890), and its
    /// registries of multicast addresses (RFC 5771, RFC 4291). The few small ranges in 192.0.0.0/24 and 2001::/23 that are
    /// globally reachable hold protocols and no APIs; they count with what is around them.
    private static let registry: [(String, AddressClass)] = [
        // Services that tell any program on a cloud's machine its credentials.
        ("169.254.169.254/32", .reserved),  // Amazon, Google, Azure, Oracle, DigitalOcean, OpenStack
        ("169.254.170.0/24", .reserved),  // Amazon's containers
        ("fd00:ec2::/32", .reserved),  // Amazon, over IPv6
        ("fe80::a9fe:a9fe/128", .reserved),  // OpenStack, over IPv6
        ("fd20:ce::254/128", .reserved),  // Google, over IPv6
        ("100.100.100.200/32", .reserved),  // Alibaba
        ("168.63.129.16/32", .reserved),  // Azure

        ("0.0.0.0/8", .reserved),  // "this network", RFC 791: Linux takes 0.0.0.0 for this machine
        ("10.0.0.0/8", .privateNetwork),  // RFC 1918
        ("100.64.0.0/10", .privateNetwork),  // shared address space, RFC 6598
        ("127.0.0.0/8", .loopback),  // RFC 1122
        ("169.254.0.0/16", .linkLocal),  // RFC 3927
        ("172.16.0.0/12", .privateNetwork),  // RFC 1918
        ("192.0.0.0/24", .reserved),  // IETF protocol assignments, RFC 6890
        ("192.0.2.0/24", .reserved),  // documentation, RFC 5737
        ("192.88.99.0/24", .reserved),  // 6to4 relays, deprecated by RFC 7526
        ("192.168.0.0/16", .privateNetwork),  // RFC 1918
        ("198.18.0.0/15", .reserved),  // benchmarks, RFC 2544
        ("198.51.100.0/24", .reserved),  // documentation, RFC 5737
        ("203.0.113.0/24", .reserved),  // documentation, RFC 5737
        ("224.0.0.0/4", .reserved),  // multicast, RFC 5771
        ("240.0.0.0/4", .reserved),  // RFC 1112, and the broadcast 255.255.255.255

        ("::/128", .reserved),  // unspecified, RFC 4291
        ("::1/128", .loopback),  // RFC 4291
        ("::/96", .reserved),  // IPv4-compatible, deprecated by RFC 4291
        ("64:ff9b:1::/48", .reserved),  // local translation, RFC 8215: where it leads is not to be seen
        ("100::/64", .reserved),  // discard, RFC 6666
        ("100:0:0:1::/64", .reserved),  // dummy prefix, RFC 9780
        ("2001::/23", .reserved),  // IETF protocol assignments, RFC 2928, with Teredo, ORCHID and benchmarks
        ("2001:db8::/32", .reserved),  // documentation, RFC 3849
        ("3fff::/20", .reserved),  // documentation, RFC 9637
        ("5f00::/16", .reserved),  // segment routing, RFC 9602
        ("fc00::/7", .privateNetwork),  // unique local, RFC 4193
        ("fe80::/10", .linkLocal),  // RFC 4291
        ("fec0::/10", .privateNetwork),  // site-local, deprecated by RFC 3879
        ("ff00::/8", .reserved),  // multicast, RFC 4291
    ]
}
