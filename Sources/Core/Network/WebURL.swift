import Foundation

/// An absolute `http` or `https` URL. This is the one reader of URLs: what it has read is written in one canonical way, so
/// that libcurl and a comparison of origins never see two different hosts in the same text.
package struct WebURL: Sendable, Hashable {
    package enum Host: Sendable, Hashable {
        /// In lower case, without a dot at its end, in ASCII (`xn--…`).
        case name(String)
        /// However it was spelled: `127.1`, `0x7f000001` and `2130706433` are 127.0.0.1.
        case address(IPAddress)
    }

    /// What answers for a URL (RFC 6454).
    package struct Origin: Sendable, Hashable {
        package var isSecure: Bool
        package var host: Host
        package var port: Int

        package var isDefaultPort: Bool { port == (isSecure ? 443 : 80) }

        /// `https://example.com:8443`.
        package var text: String {
            (isSecure ? "https://" : "http://") + host.text + (isDefaultPort ? "" : ":\(port)")
        }
    }

    package let origin: Origin
    /// The path, which begins with a slash, and the query.
    package let target: String

    package var text: String { origin.text + target }

    package init(origin: Origin, target: String) {
        self.origin = origin
        self.target = target
    }

    /// What a reference in a text read from here stands for (RFC 3986, section 5).
    package func resolving(_ reference: String) throws(Problem) -> WebURL {
        guard let url = URL(string: reference, relativeTo: URL(string: text)) else { throw .characters }
        return try WebURL(url.absoluteString)
    }

    /// The scheme of a text that begins with one, in lower case (RFC 3986, section 3.1).
    package static func scheme(of text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = text[..<colon].lowercased()
        guard let first = scheme.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            scheme.utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.".utf8.contains(byte)
            })
        else { return nil }
        return scheme
    }

    /// Whether a text is meant as an `http` or `https` URL, well or badly written.
    package static func isMeant(by text: String) -> Bool {
        ["http", "https"].contains(scheme(of: text))
    }

    /// A URL as messages show it: without the query and the user's name, which may hold credentials. It need not be valid.
    package static func shown(_ text: String) -> String {
        let kept = text.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = scheme(of: text) else { return String(kept) }
        let start = kept.index(kept.startIndex, offsetBy: scheme.count + 1)
        let slashes = kept[start...].prefix { $0 == "/" || $0 == "\\" }
        let authority = kept[slashes.endIndex...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(kept) }
        return String(kept[..<slashes.endIndex] + kept[kept.index(after: at)...])
    }
}

extension WebURL.Host {
    package var text: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.v4 == nil ? "[\(address)]" : "\(address)"
        }
    }

    /// What it certainly leads to, before any name is looked up; nil where that has to be seen.
    package var certainClass: AddressClass? {
        switch self {
        case .address(let address): AddressClass(of: address)
        // RFC 6761, section 6.3.
        case .name(let name): name == "localhost" || name.hasSuffix(".localhost") ? .loopback : nil
        }
    }
}
