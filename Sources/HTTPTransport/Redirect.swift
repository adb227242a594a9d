import Core
import Foundation

extension HTTPRequest {
    /// The request a redirect asks for (RFC 9110, 15.4), or nil where `status` is no redirect to follow.
    ///
    /// libcurl would follow by itself, but repeats a DELETE at the address that a 303 names for *reading*, and takes
    /// every header except `Authorization` and `Cookie` to another host, API keys included.
    ///
    /// - Parameter url: the absolute URL of the response's `Location`.
    /// - Throws: `httpInvalidURL` where it leads out of HTTP.
    func redirected(status: Int, to url: String) throws(HTTPError) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(status) else { return nil }
        guard let target = Origin(of: url) else {
            throw HTTPError(
                .invalidURL, "\(shownURL) redirects to \(HTTPRequest(url: url).shownURL), no http or https URL")
        }
        var next = self
        next.url = url
        let isReading = ["GET", "HEAD"].contains(method)
        // 301 and 302 change a POST, and nothing else, to a GET: what all browsers do, and the RFC allows.
        if !isReading, status == 303 || (method == "POST" && status < 303) {
            next.method = "GET"
            next.body = nil
            next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        if target != Origin(of: self.url) {
            next.headers.removeAll { !Self.headersForAnyone.contains($0.name.lowercased()) }
        }
        return next
    }

    /// What may go to an origin the request was not made for: it cannot hold a credential.
    private static let headersForAnyone: Set = ["accept", "accept-language", "content-type", "user-agent"]

    /// The URL as messages show it: without the query and the user's name, which may hold credentials.
    var shownURL: String {
        guard var parts = URLComponents(string: url), parts.scheme != nil else {
            return String(url.prefix { $0 != "?" && $0 != "#" })
        }
        (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
        return parts.string ?? url
    }
}

/// What answers for a URL (RFC 6454): scheme, host and port.
struct Origin: Equatable {
    private let scheme: String
    private let host: String
    private let port: Int

    /// Nil where the URL is not absolute or its scheme is neither `http` nor `https`.
    init?(of url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }
}
