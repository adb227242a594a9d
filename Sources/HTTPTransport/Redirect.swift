import Core

extension Hop {
    /// The request a redirect asks for (RFC 9110, 15.4), or nil where `status` is no redirect to follow.
    ///
    /// libcurl would follow by itself, but repeats a DELETE at the address that a 303 names for *reading*, and takes
    /// every header except `Authorization` and `Cookie` to another host, API keys included. Here a redirect stays with the
    /// origin that was asked, except that what only reads, and carries nothing that is meant for one origin, may go from
    /// `http` to `https` of the same host, and, where the request allows it, from one public address to another.
    ///
    /// - Parameters:
    ///   - url: the absolute URL of the response's `Location`.
    ///   - reached: the kind of address that answered.
    /// - Throws: `httpInvalidURL` where it leads out of HTTP, `httpRedirectRefused`.
    func redirected(status: Int, to url: String, reached: AddressClass) throws(HTTPError) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(status) else { return nil }
        let target: WebURL
        do throws(WebURL.Problem) {
            target = try WebURL(url)
        } catch {
            // What the server wrote there is not shown: the message goes to the model.
            throw HTTPError(.invalidURL, "\(request.shownURL) redirects to a place that \(error.reason)", cause: error)
        }
        var next = request
        next.url = target.text
        let isReading = ["GET", "HEAD"].contains(request.method)
        // 301 and 302 change a POST, and nothing else, to a GET: what all browsers do, and the RFC allows.
        if !isReading, status == 303 || (request.method == "POST" && status < 303) {
            next.method = "GET"
            next.body = nil
            next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        let (from, to) = (self.url.origin, target.origin)
        if from == to { return next }
        guard request.socketPath == nil, next.body == nil, ["GET", "HEAD"].contains(next.method) else {
            throw .redirectRefused(self, to: to)
        }
        let forAnyone = next.headers.filter { Self.headersForAnyone.contains($0.name.lowercased()) }
        let isUpgrade =
            !from.isSecure && to.isSecure && from.host == to.host && from.isDefaultPort && to.isDefaultPort
        if isUpgrade, forAnyone.count == next.headers.count { return next }
        guard request.redirects == .publicOrigins, reached == .global, to.isSecure || !from.isSecure else {
            throw .redirectRefused(self, to: to)
        }
        next.headers = forAnyone
        next.network = .global
        return next
    }

    /// What may go to an origin the request was not made for: it cannot hold a credential.
    private static let headersForAnyone: Set = ["accept", "accept-language", "content-type", "user-agent"]
}
