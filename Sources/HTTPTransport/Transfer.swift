import CCurl
import Core
import Foundation

/// One request on its way: its easy handle, and what has come of the response. Used by libcurl's thread alone.
@safe final class Transfer {
    let handle: OpaquePointer
    let ticket: Int
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    /// As it was submitted.
    let asked: HTTPRequest
    private let rules: NetworkRules
    /// As the redirects so far have made it.
    private var hop: Hop
    private var redirects = 0
    private var lists: EasyOptions.Lists?
    private let started = ContinuousClock.now
    /// Nil until the connection stands: before, the connect limit counts.
    private var lastByte: ContinuousClock.Instant?
    private var headers: [HTTPHeader] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    /// Why a callback ended the transfer.
    private var refusal: HTTPError?
    /// The last of the host's addresses that could not be connected to because it may not be.
    private var forbidden: IPAddress?
    /// The kind of address that answers.
    private var reached = AddressClass.global

    /// Of one request's responses together, redirects included.
    private static let headerLimit = 256 << 10

    /// - Throws: `httpInvalidURL`, `httpInvalidRequest`, `httpAddressRefused`.
    init(_ submission: TransferInbox.Submission, rules: NetworkRules) throws(HTTPError) {
        asked = submission.request
        self.rules = rules
        hop = try Hop(asked, rules)
        guard let easy = unsafe curl_easy_init() else {
            throw HTTPError(.broken, "libcurl has no memory for a request to \(asked.shownURL)")
        }
        unsafe handle = OpaquePointer(easy)
        ticket = submission.ticket
        continuation = submission.continuation
        configure()
    }

    deinit {
        unsafe curl_easy_cleanup(UnsafeMutableRawPointer(handle))
        lists?.free()
    }

    private func configure() {
        // Unretained: the loop keeps the transfer until the handle is removed from it.
        lists = unsafe EasyOptions(handle).apply(hop, context: Unmanaged.passUnretained(self).toOpaque())
    }

    // MARK: What comes, as the callbacks of `EasyOptions` tell it

    /// A connection is about to be made.
    ///
    /// - Returns: false to leave this address out.
    func mayConnect(to address: SocketAddress) -> Bool {
        switch (hop.route, address) {
        case (.socket, .unix), (.proxy, .ip): return true
        case (.direct(let classes), .ip(let address)):
            let isAllowed = classes.contains(AddressClass(of: address))
            if !isAllowed { forbidden = address }
            return isAllowed
        default: return false
        }
    }

    /// The request is about to be sent, over a new connection or one that an earlier request has made.
    ///
    /// - Parameter text: the address of the other end; of no use for a Unix socket.
    /// - Returns: false to end the transfer.
    func connected(to text: String) -> Bool {
        lastByte = .now
        guard case .direct(let classes) = hop.route else { return true }
        guard let address = IPAddress(text) else { return false }
        reached = AddressClass(of: address)
        guard classes.contains(reached) else {
            refusal = .addressRefused(hop, address)
            return false
        }
        return true
    }

    /// - Returns: false to end the transfer.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastByte = .now
        guard bytes.count <= asked.limits.responseBytes - body.count else {
            refusal = .bodyTooLarge(asked)
            return false
        }
        unsafe body.append(contentsOf: bytes)
        return true
    }

    /// - Returns: false to end the transfer.
    func receive(headerLine line: String) -> Bool {
        lastByte = .now
        headerBytes += line.utf8.count
        guard headerBytes <= Self.headerLimit else {
            refusal = .headersTooLarge(asked, limit: Self.headerLimit)
            return false
        }
        if line.hasPrefix("HTTP/") {
            // A status line: what came before was "100 Continue" or its like.
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
            headers.append(HTTPHeader(String(line[..<colon]), value))
        }
        return true
    }

    // MARK: How it ends

    /// The nearest moment at which it is overdue.
    var deadline: ContinuousClock.Instant {
        let end = started + asked.limits.total
        return lastByte.map { min(end, $0 + asked.limits.idle) } ?? end
    }

    func overdue(at now: ContinuousClock.Instant) -> HTTPError? {
        guard now >= deadline else { return nil }
        return now >= started + asked.limits.total ? .totalTimeout(asked) : .idleTimeout(asked)
    }

    /// - Throws: what libcurl's result means.
    func response(of result: CURLcode) throws(HTTPError) -> HTTPResponse {
        guard result == CURLE_OK else {
            if let refusal { throw refusal }
            // Where another of the host's addresses stood, what went wrong there is the reason.
            if let forbidden, lastByte == nil { throw .addressRefused(hop, forbidden) }
            throw HTTPError(result, hop)
        }
        var status = 0
        unsafe squire_curl_get_long(UnsafeMutableRawPointer(handle), CURLINFO_RESPONSE_CODE, &status)
        return HTTPResponse(
            status: status, headers: headers, body: body, url: hop.url.text, addressClass: reached)
    }

    /// The request that the response asks for in place of this one; nil where it is the answer.
    ///
    /// - Throws: `httpInvalidURL`, `httpTooManyRedirects`, `httpRedirectRefused`, `httpAddressRefused`.
    func redirect(of response: HTTPResponse) throws(HTTPError) -> Hop? {
        guard asked.limits.redirects > 0, let target = text(CURLINFO_REDIRECT_URL),
            let next = try hop.redirected(status: response.status, to: target, reached: reached)
        else { return nil }
        guard redirects < asked.limits.redirects else { throw .tooManyRedirects(asked) }
        return try Hop(next, rules)
    }

    /// Makes the handle, which is in no loop now, ready for the next request. Its limits in time go on.
    func follow(_ next: Hop) {
        unsafe curl_easy_reset(UnsafeMutableRawPointer(handle))
        lists?.free()
        (hop, redirects) = (next, redirects + 1)
        (headers, body, lastByte, forbidden) = ([], [], nil, nil)
        configure()
    }

    private func text(_ info: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        unsafe squire_curl_get_string(UnsafeMutableRawPointer(handle), info, &value)
        return unsafe value.map { unsafe String(cString: $0) }
    }
}
