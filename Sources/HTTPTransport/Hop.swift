import Core

/// One request of a transfer: the one that was asked for, or one that a redirect has made of it.
struct Hop: Sendable {
    let request: HTTPRequest
    let url: WebURL
    let route: Route
    /// The addresses that a test gives the host.
    let addresses: [String]

    /// - Throws: `httpInvalidURL`, `httpInvalidRequest`; `httpAddressRefused` where the host is an address, or a name, that
    ///   the request may not reach whatever is found there.
    init(_ request: HTTPRequest, _ rules: NetworkRules) throws(HTTPError) {
        self.request = request
        url = try request.check()
        route = try rules.route(of: request, to: url)
        if case .name(let name) = url.origin.host {
            addresses = rules.hooks.addresses[name] ?? []
        } else {
            addresses = []
        }
    }
}
