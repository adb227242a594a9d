import Core

/// How a request is connected, and to what.
enum Route: Sendable, Hashable {
    /// A Unix socket.
    case socket(String)
    /// A proxy, which looks the host up itself.
    case proxy(String)
    /// The host's own addresses, of these kinds.
    case direct(Set<AddressClass>)

    var isProxy: Bool {
        if case .proxy = self { true } else { false }
    }
}

/// An address as libcurl is about to connect to it.
enum SocketAddress: Sendable, Hashable {
    case ip(IPAddress)
    case unix
    case other
}

/// What decides the route of every request.
struct NetworkRules: Sendable {
    var names: LocalNames
    var proxies: ProxySettings
    var hooks: CurlTransport.Hooks

    /// - Throws: `httpAddressRefused`.
    func route(of request: HTTPRequest, to url: WebURL) throws(HTTPError) -> Route {
        if let path = request.socketPath { return .socket(path) }
        let host = url.origin.host
        let named = names.classes(of: host)
        let allowed = named.intersection(request.network.classes)
        guard !allowed.isEmpty else {
            throw .hostRefused(url, host.certainClass ?? .reserved)
        }
        // A proxy is another machine: its loopback and its private networks are not those that were meant.
        if named == [.global], let proxy = proxies.proxy(for: url.origin) { return .proxy(proxy) }
        return .direct(allowed)
    }
}
