/// An outbound HTTP request.
package struct HTTPRequest: Sendable, Hashable {
    package var method: String
    /// An absolute `http` or `https` URL.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]?
    /// A Unix socket to connect to in place of the URL's host.
    package var socketPath: String?
    package var limits: HTTPLimits
    /// Which kinds of address it may reach, by who named its URL.
    package var network: NetworkPolicy
    package var redirects: HTTPRedirects

    package init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        socketPath: String? = nil, limits: HTTPLimits = HTTPLimits(), network: NetworkPolicy = .global,
        redirects: HTTPRedirects = .sameOrigin
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.socketPath = socketPath
        self.limits = limits
        self.network = network
        self.redirects = redirects
    }
}

/// Where redirects may lead, beyond `http` to `https` of the same host. A body and headers that could hold a credential
/// never go to another origin.
package enum HTTPRedirects: Sendable, Hashable {
    /// To the scheme, host and port that were asked.
    case sameOrigin
    /// From one public address to another too, where nothing but reading is asked, and never from `https` to `http`.
    case publicOrigins
}

package struct HTTPHeader: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What one request may take.
package struct HTTPLimits: Sendable, Hashable {
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// From the request to the end of the response.
    package var total: Duration
    /// Without a byte received.
    package var idle: Duration
    /// Of the response's body, after decompression.
    package var responseBytes: Int
    package var redirects: Int

    package init(
        connect: Duration = .seconds(5), total: Duration = .seconds(30), idle: Duration = .seconds(10),
        responseBytes: Int = 4 << 20, redirects: Int = 5
    ) {
        self.connect = connect
        self.total = total
        self.idle = idle
        self.responseBytes = responseBytes
        self.redirects = redirects
    }
}

/// A whole response, whatever its status.
package struct HTTPResponse: Sendable, Hashable {
    package var status: Int
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    /// The URL that answered, after redirects.
    package var url: String
    /// The kind of address that answered; public where a proxy stands between.
    package var addressClass: AddressClass

    package init(
        status: Int, headers: [HTTPHeader], body: [UInt8], url: String, addressClass: AddressClass = .global
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
        self.addressClass = addressClass
    }

    /// The first value of a header, by a name of any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why no whole response came.
package struct HTTPError: CodedError {
    package enum Code: String, ErrorCode {
        case invalidURL = "httpInvalidURL"
        case unresolved = "httpHostUnknown"
        case refused = "httpConnectionRefused"
        case connectTimeout = "httpConnectTimeout"
        case totalTimeout = "httpTotalTimeout"
        case idleTimeout = "httpIdleTimeout"
        case tooLarge = "httpResponseTooLarge"
        case tls = "httpTLS"
        case tooManyRedirects = "httpTooManyRedirects"
        case broken = "httpBroken"
        case invalidRequest = "httpInvalidRequest"
        /// The address that a host has is none that the request may reach.
        case addressRefused = "httpAddressRefused"
        /// It leads where the request may not follow.
        case redirectRefused = "httpRedirectRefused"
        case stopped = "httpStopped"

        package var failureClass: FailureClass {
            switch self {
            case .invalidURL, .invalidRequest: .invalid
            case .addressRefused, .redirectRefused: .denied
            case .unresolved, .refused, .connectTimeout, .tls: .unavailable
            case .totalTimeout, .idleTimeout, .tooLarge, .tooManyRedirects, .broken, .stopped: .failed
            }
        }
    }

    package var code: Code
    package var message: String
    package var cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

/// Makes outbound HTTP requests.
package protocol HTTPFetching: Sendable {
    /// - Throws: `HTTPError`; `CancellationError` when the task is cancelled, at once.
    func fetch(_ request: HTTPRequest) async throws -> HTTPResponse
}
