import CCurl
import Core
import Foundation

/// The sentences of this transport's errors: each names the URL or the host, and the limit.
extension HTTPError {
    static func stopped(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .stopped, "\(request.shownURL) was given up because the daemon is stopping; ask again when it is back")
    }

    static func totalTimeout(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .totalTimeout,
            "\(request.shownURL) did not answer whole within \(text(request.limits.total)); "
                + "try again, or ask it for less"
        )
    }

    static func idleTimeout(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .idleTimeout,
            "\(request.shownURL) sent nothing for \(text(request.limits.idle)); check that the server is well")
    }

    static func tooManyRedirects(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .tooManyRedirects,
            "\(request.shownURL) redirects more than \(request.limits.redirects) times; check the address")
    }

    /// A host that the request may not reach, whatever is found there.
    static func hostRefused(_ url: WebURL, _ kind: AddressClass) -> HTTPError {
        HTTPError(
            .addressRefused,
            "nothing was sent to \(url.origin.text): it is \(kind.phrase)"
                + (kind == .reserved
                    ? "" : ", and only what was read from such a place, or a file of yours, may name one"))
    }

    /// - Parameter address: one that the host has and the request may not reach.
    static func addressRefused(_ hop: Hop, _ address: IPAddress) -> HTTPError {
        let kind = AddressClass(of: address)
        guard kind != .reserved, hop.request.network.classes.contains(kind), case .name(let name) = hop.url.origin.host
        else { return hostRefused(hop.url, kind) }
        return HTTPError(
            .addressRefused,
            "nothing was sent to \(hop.url.origin.text): its address \(address) is \(kind.phrase), and a public name may "
                + "not lead there. If \(name) is a host of your own network, add it to network.privateHosts in the "
                + "configuration")
    }

    static func redirectRefused(_ hop: Hop, to origin: WebURL.Origin) -> HTTPError {
        HTTPError(
            .redirectRefused,
            "\(hop.request.shownURL) redirects to another origin, \(origin.text), and was not followed there; "
                + "name that address itself if you trust it")
    }

    static func bodyTooLarge(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .tooLarge,
            "\(request.shownURL) answered with more than \(request.limits.responseBytes) bytes; ask it for less")
    }

    static func headersTooLarge(_ request: HTTPRequest, limit: Int) -> HTTPError {
        HTTPError(.tooLarge, "\(request.shownURL) answered with more than \(limit) bytes of headers")
    }

    /// What a failure of libcurl means. The codes are those of libcurl-errors(3).
    init(_ result: CURLcode, _ hop: Hop) {
        let request = hop.request
        let url = request.shownURL
        let place = request.socketPath.map { "the socket \($0)" } ?? hop.url.origin.host.text
        let reason = unsafe String(cString: curl_easy_strerror(result))
        self =
            switch result {
            case CURLE_COULDNT_RESOLVE_HOST:
                HTTPError(.unresolved, "no host named \(place) was found (\(url)); check the URL and the network")
            case CURLE_COULDNT_RESOLVE_PROXY:
                HTTPError(.unresolved, "the proxy for \(url) was not found; check http_proxy and https_proxy")
            case CURLE_COULDNT_CONNECT where hop.route.isProxy:
                HTTPError(.refused, "the proxy for \(url) does not answer; check http_proxy and https_proxy")
            case CURLE_COULDNT_CONNECT:
                HTTPError(.refused, "nothing answers at \(place) (\(url)); check that the server runs")
            case CURLE_OPERATION_TIMEDOUT:
                // The other limits are the loop's own.
                HTTPError(
                    .connectTimeout,
                    "no connection to \(place) within \(Self.text(request.limits.connect)) (\(url)); check the network")
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
                HTTPError(.invalidURL, "\(url) is not an http or https URL; write it like https://example.com/path")
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
                HTTPError(.tls, "no secure connection to \(place) (\(url)): \(reason)")
            default:
                HTTPError(.broken, "the request to \(url) failed: \(reason)")
            }
    }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = (duration / .milliseconds(1)).rounded()
        return "\((milliseconds / 1000).formatted(.number.locale(Locale(identifier: "en_US_POSIX")))) s"
    }
}
