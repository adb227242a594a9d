/// Which kinds of address a request may reach, by who has named its URL. A request of a plugin's or a document's carries
/// the policy of the place it was read from; the transport holds the address that it connects to against it.
package struct NetworkPolicy: Sendable, Hashable {
    /// Never `.reserved`.
    package let classes: Set<AddressClass>

    private init(_ classes: Set<AddressClass>) {
        self.classes = classes.subtracting([.reserved])
    }

    /// The person named it, or one of the person's own files did.
    package static let owner = NetworkPolicy(Set(AddressClass.allCases))
    /// Something from the Internet named it.
    package static let global = NetworkPolicy([.global])

    /// What was read from an address of this kind named it: such an address, or a public one.
    package static func from(_ kind: AddressClass) -> NetworkPolicy {
        NetworkPolicy([.global, kind])
    }

    /// The kind of address that a host certainly is and that this forbids; nil where nothing speaks against it yet.
    package func refuses(_ host: WebURL.Host) -> AddressClass? {
        host.certainClass.flatMap { classes.contains($0) ? nil : $0 }
    }
}

/// Which kinds of address a host may turn out to have, by how it is written: a public name never leads into this machine or
/// a private network, whatever the DNS says.
package struct LocalNames: Sendable {
    /// Without the `*.` or the dot before it, which stand for all names below.
    private let listed: [(name: String, withBelow: Bool)]

    /// - Parameter listed: names of the owner's own networks that look like public ones; `*.example.com` stands for all below.
    package init(_ listed: [String] = []) {
        self.listed = listed.compactMap { text in
            let text = text.lowercased()
            let name = text.hasPrefix("*.") ? text.dropFirst(2) : text.hasPrefix(".") ? text.dropFirst() : text[...]
            return name.isEmpty || name == "*" ? nil : (String(name), name.count < text.count)
        }
    }

    package func classes(of host: WebURL.Host) -> Set<AddressClass> {
        if let certain = host.certainClass { return certain == .reserved ? [] : [certain] }
        guard case .name(let name) = host, isLocal(name) else { return [.global] }
        return NetworkPolicy.owner.classes
    }

    private func isLocal(_ name: String) -> Bool {
        // The DNS's root has no names without a dot below it that lead to hosts.
        guard let dot = name.lastIndex(of: ".") else { return true }
        return Self.localDomains.contains(String(name[name.index(after: dot)...])) || name.hasSuffix(".home.arpa")
            || listed.contains { $0.withBelow ? name.hasSuffix(".\($0.name)") : name == $0.name }
    }

    /// Domains that the public DNS does not have: multicast DNS (RFC 6762, and those of private networks its appendix G
    /// lists) and tests (RFC 6761); `home.arpa` (RFC 8375) beside them.
    private static let localDomains: Set = [
        "local", "intranet", "internal", "private", "corp", "home", "lan", "test",
    ]
}
