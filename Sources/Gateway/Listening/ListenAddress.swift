/// Where the gateway listens.
package enum ListenAddress: Sendable, Hashable {
    /// Port 0 takes a free one.
    case tcp(host: String, port: Int)
    /// A Unix socket; one that a dead process of this user left at the path is replaced.
    case unix(path: String)

    /// - Parameter text: `HOST:PORT`, an IPv6 address in brackets (`[::1]:8080`), or `unix:/PATH`.
    /// - Throws: `gatewayAddressInvalid`.
    package init(parsing text: String) throws(GatewayError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/") else {
                throw Self.invalid(text, "a Unix socket's path begins with a slash, as in unix:/run/squire/http.sock")
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { throw Self.invalid(text, "it has no port") }
        guard let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            throw Self.invalid(text, "a port is a number from 0 to 65535")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw Self.invalid(text, "an IPv6 address stands in brackets, as in [::1]:8080")
        }
        guard !host.isEmpty else { throw Self.invalid(text, "it has no host; 127.0.0.1 is this machine") }
        self = .tcp(host: String(host), port: port)
    }

    private static func invalid(_ text: String, _ reason: String) -> GatewayError {
        GatewayError(
            .addressInvalid,
            "the gateway cannot listen at \"\(text)\": \(reason); write HOST:PORT such as 127.0.0.1:8080, or unix:/PATH"
        )
    }

    /// Whether only programs on this machine can connect.
    package var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _): host.lowercased() == "localhost" || host == "::1" || Self.isLoopback(host)
        }
    }

    /// 127.0.0.0/8 (RFC 1122, section 3.2.1.3); a name such as `127.example.com` is none of it.
    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}
