import Foundation

extension WebURL {
    /// Why a text is no URL that a request can be sent to.
    package enum Problem: Error, Sendable, Hashable {
        case notHTTP
        case userInfo
        case host
        case port
        case characters

        /// As a message says it after the text.
        package var reason: String {
            switch self {
            case .notHTTP: "is not an http or https URL; write it like https://example.com/path"
            case .userInfo:
                "holds a user name or a password, which would be stored and shown with it; leave out what stands before the @"
            case .host: "names no host that a request can be sent to; write it like https://example.com/path"
            case .port: "has a port that is none; a port is a number from 1 to 65535"
            case .characters: "has a space or a control character in it; write a space as %20"
            }
        }
    }

    /// Reads a URL (RFC 3986). What readers of URLs are known to disagree about is refused: a user's name, a backslash
    /// before the path, percent signs in a host, ports that are no numbers. A fragment is dropped.
    package init(_ text: String) throws(Problem) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .characters }
        guard let scheme = Self.scheme(of: text), ["http", "https"].contains(scheme) else { throw .notHTTP }
        // By bytes: a character can be a slash and an accent, which no other reader of URLs takes for one.
        let rest = text.utf8.dropFirst(scheme.utf8.count + 1)
        guard rest.starts(with: "//".utf8) else { throw .notHTTP }
        let authority = rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }
        guard !authority.contains(UInt8(ascii: "@")) else { throw .userInfo }
        let (host, port) = try Self.split(Substring(authority))
        let isSecure = scheme == "https"
        origin = Origin(
            isSecure: isSecure, host: try Self.host(host), port: try Self.port(port) ?? (isSecure ? 443 : 80))
        let target = rest[authority.endIndex...].prefix { $0 != UInt8(ascii: "#") }
        self.target = (target.first == UInt8(ascii: "/") ? "" : "/") + Self.ascii(Substring(target))
    }

    private static func split(_ authority: Substring) throws(Problem) -> (host: Substring, port: Substring?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .host }
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .host }
            return (authority[...end], after.isEmpty ? nil : after.dropFirst())
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw .host }
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    private static func port(_ text: Substring?) throws(Problem) -> Int? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let port = Int(text),
            (1...65535).contains(port)
        else { throw .port }
        return port
    }

    private static func host(_ text: Substring) throws(Problem) -> Host {
        if text.hasPrefix("[") {
            let inner = text.dropFirst().dropLast()
            guard inner.contains(":"), !inner.contains("%"), let address = IPAddress(String(inner)) else { throw .host }
            return .address(address)
        }
        var name = text.lowercased()
        guard name.utf8.allSatisfy({ $0 >= 0x80 || isOfHost($0) }) else { throw .host }
        if !name.utf8.allSatisfy({ $0 < 0x80 }) {
            // The names of other scripts as the DNS has them (IDNA); Foundation knows how.
            guard let encoded = URLComponents(string: "http://\(name)/")?.encodedHost?.lowercased() else {
                throw .host
            }
            name = encoded
        }
        if name.hasSuffix(".") { name.removeLast() }
        guard name.utf8.count <= 253, !name.split(separator: ".", omittingEmptySubsequences: false).contains(""),
            name.utf8.allSatisfy(isOfHost)
        else { throw .host }
        guard endsInNumber(name) else { return .name(name) }
        guard let address = number(name) else { throw .host }
        return .address(IPAddress(v4: address))
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
    }

    /// Whether resolvers take a host for an IPv4 address (URL Standard, "ends in a number checker").
    private static func endsInNumber(_ name: String) -> Bool {
        guard let last = name.split(separator: ".").last else { return false }
        return last.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) || part(last) != nil
    }

    /// An IPv4 address in any of the spellings that resolvers read (inet_aton(3)): up to four parts in decimal, octal or
    /// hexadecimal, of which the last fills all that is left.
    private static func number(_ name: String) -> UInt32? {
        let parts = name.split(separator: ".").map(part)
        guard (1...4).contains(parts.count) else { return nil }
        var address: UInt64 = 0
        for (index, part) in parts.enumerated() {
            guard let part else { return nil }
            let isLast = index == parts.count - 1
            let bytes = isLast ? 4 - index : 1
            guard part < UInt64(1) << UInt64(bytes * 8) else { return nil }
            address = address << UInt64(bytes * 8) | part
        }
        return UInt32(exactly: address)
    }

    private static func part(_ text: Substring) -> UInt64? {
        // `UInt64(_:radix:)` would read a sign too.
        guard !text.hasPrefix("-"), !text.hasPrefix("+") else { return nil }
        if text.hasPrefix("0x") { return text.count == 2 ? 0 : UInt64(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0"), text.count > 1 { return UInt64(text.dropFirst(), radix: 8) }
        return UInt64(text)
    }

    /// What is not ASCII as percent-encoded UTF-8 (RFC 3987, section 3.1).
    private static func ascii(_ text: Substring) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return String(text) }
        var encoded = ""
        for byte in text.utf8 {
            if byte < 0x80 {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
