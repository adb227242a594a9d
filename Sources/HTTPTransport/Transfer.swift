import CCurl
import Core
import Foundation

/// One request on its way: its easy handle, and what has come of the response. Used by libcurl's thread alone.
@safe final class Transfer {
    let handle: OpaquePointer
    let ticket: Int
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    private let request: HTTPRequest
    private let headerList: UnsafeMutablePointer<curl_slist>?
    private let started = ContinuousClock.now
    private var lastByte = ContinuousClock.now
    private var headers: [HTTPHeader] = []
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// - Throws: `httpInvalidURL`.
    init(_ submission: TransferInbox.Submission) throws(HTTPError) {
        let request = submission.request
        guard let url = URL(string: request.url), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme),
            url.host?.isEmpty == false
        else {
            throw HTTPError(
                .invalidURL, "\"\(request.url)\" is not an http or https URL; write it like https://example.com/path")
        }
        guard let easy = unsafe curl_easy_init() else {
            throw HTTPError(.broken, "libcurl has no memory for a request to \(request.url)")
        }
        unsafe handle = OpaquePointer(easy)
        ticket = submission.ticket
        continuation = submission.continuation
        self.request = request
        var list: UnsafeMutablePointer<curl_slist>?
        for header in request.headers {
            // A header's value may not begin another header.
            let (name, value) = (Self.oneLine(header.name), Self.oneLine(header.value))
            unsafe list = curl_slist_append(list, value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        // Without this libcurl asks the server to confirm before it sends a long body.
        unsafe list = curl_slist_append(list, "Expect:")
        unsafe headerList = list
        unsafe configure(easy)
    }

    deinit {
        unsafe curl_easy_cleanup(UnsafeMutableRawPointer(handle))
        unsafe curl_slist_free_all(headerList)
    }

    private func configure(_ easy: UnsafeMutableRawPointer) {
        unsafe squire_curl_set_string(easy, CURLOPT_URL, request.url)
        unsafe squire_curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
        if request.method == "HEAD" { unsafe squire_curl_set_long(easy, CURLOPT_NOBODY, 1) }
        if let bytes = request.body {
            // The size first: it tells libcurl how much to copy.
            unsafe squire_curl_set_large(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            unsafe bytes.withUnsafeBytes { buffer in
                _ = unsafe squire_curl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: buffer.baseAddress))
            }
        }
        unsafe squire_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
        unsafe squire_curl_set_string(easy, CURLOPT_USERAGENT, "Squire/0.1")
        // Every encoding this libcurl can decode.
        unsafe squire_curl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
        unsafe squire_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe squire_curl_set_string(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        unsafe squire_curl_set_long(easy, CURLOPT_FOLLOWLOCATION, request.limits.redirects > 0 ? 1 : 0)
        unsafe squire_curl_set_long(easy, CURLOPT_MAXREDIRS, request.limits.redirects)
        unsafe squire_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        unsafe squire_curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.limits.connect))
        unsafe squire_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        if let path = request.socketPath { unsafe squire_curl_set_string(easy, CURLOPT_UNIX_SOCKET_PATH, path) }

        // Unretained: the loop keeps the transfer until the handle is removed from it.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe squire_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        unsafe squire_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        unsafe squire_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(buffer)
        }
        unsafe squire_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
            unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(headerLine: line)
            return size * count
        }
    }

    /// By scalars: "\r\n" is one character to Swift.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !["\r", "\n", "\0"].contains($0) }))
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        max(1, Int(duration / .milliseconds(1)))
    }

    // MARK: What comes

    /// - Returns: how many bytes were taken; fewer than came ends the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastByte = .now
        guard body.count + bytes.count <= request.limits.responseBytes else {
            isTooLarge = true
            return 0
        }
        unsafe body.append(contentsOf: bytes)
        return bytes.count
    }

    private func receive(headerLine line: String) {
        lastByte = .now
        // A status line begins the headers of another response: a redirect's, or one after "100 Continue".
        if line.hasPrefix("HTTP/") {
            headers = []
            body = []
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
        headers.append(HTTPHeader(String(line[..<colon]), value))
    }

    // MARK: How it ends

    /// The nearest moment at which it is overdue.
    var deadline: ContinuousClock.Instant {
        min(started + request.limits.total, lastByte + request.limits.idle)
    }

    func overdue(at now: ContinuousClock.Instant) -> HTTPError? {
        if now >= started + request.limits.total {
            return HTTPError(
                .totalTimeout, "\(request.url) did not answer whole within \(Self.text(request.limits.total))")
        }
        if now >= lastByte + request.limits.idle {
            return HTTPError(.idleTimeout, "\(request.url) sent nothing for \(Self.text(request.limits.idle))")
        }
        return nil
    }

    /// What libcurl's result means. The codes are those of libcurl-errors(3).
    func outcome(of result: CURLcode) -> Result<HTTPResponse, any Error> {
        guard result == CURLE_OK else { return .failure(error(for: result)) }
        var status = 0
        unsafe squire_curl_get_long(UnsafeMutableRawPointer(handle), CURLINFO_RESPONSE_CODE, &status)
        var url: UnsafeMutablePointer<CChar>?
        unsafe squire_curl_get_string(UnsafeMutableRawPointer(handle), CURLINFO_EFFECTIVE_URL, &url)
        return .success(
            HTTPResponse(
                status: status, headers: headers, body: body,
                url: unsafe url.map { unsafe String(cString: $0) } ?? request.url))
    }

    private func error(for result: CURLcode) -> HTTPError {
        let place = request.socketPath.map { "the socket \($0)" } ?? URL(string: request.url)?.host ?? request.url
        let reason = unsafe String(cString: curl_easy_strerror(result))
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return HTTPError(
                .unresolved, "no host named \(place) was found; check the URL \(request.url) and the network")
        case CURLE_COULDNT_CONNECT:
            return HTTPError(.refused, "nothing answers at \(place) (\(request.url)); check that the server runs")
        case CURLE_OPERATION_TIMEDOUT:
            return HTTPError(.connectTimeout, "no connection to \(place) within \(Self.text(request.limits.connect))")
        case CURLE_TOO_MANY_REDIRECTS:
            return HTTPError(.tooManyRedirects, "\(request.url) redirects more than \(request.limits.redirects) times")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return HTTPError(.invalidURL, "\(request.url) leads to what is no http or https URL")
        case CURLE_WRITE_ERROR where isTooLarge:
            return HTTPError(.tooLarge, "\(request.url) answered with more than \(request.limits.responseBytes) bytes")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
            return HTTPError(.tls, "no secure connection to \(place): \(reason)")
        default:
            return HTTPError(.broken, "the request to \(request.url) failed: \(reason)")
        }
    }

    private static func text(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\((seconds * 1000).rounded() / 1000) s"
    }
}
