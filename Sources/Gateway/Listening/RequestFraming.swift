import NIOHTTP1

/// Whether the head of a request says without doubt where the request ends (RFC 9112, section 6): where two servers could
/// read it differently, one of them could be made to answer what the other did not see.
enum RequestFraming {
    struct Fault: Hashable {
        var status: HTTPResponseStatus
        var message: String

        static func invalid(_ message: String) -> Fault { Fault(status: .badRequest, message: message) }
    }

    static func fault(of head: HTTPRequestHead) -> Fault? {
        guard head.version.major == 1, head.version.minor <= 1 else {
            return Fault(
                status: .httpVersionNotSupported, message: "HTTP \(head.version) is not supported; use HTTP/1.1")
        }
        let hosts = head.headers["host"]
        if hosts.count > 1 || (hosts.isEmpty && head.version == .http1_1) {
            return .invalid("a request has one Host header, not \(hosts.count)")
        }
        let lengths = head.headers["content-length"]
        let encodings = head.headers[canonicalForm: "transfer-encoding"]
        if !encodings.isEmpty {
            guard lengths.isEmpty else {
                return .invalid("a request has a Content-Length or a Transfer-Encoding, not both")
            }
            guard encodings.count == 1, encodings[0].lowercased() == "chunked", head.version == .http1_1 else {
                return Fault(
                    status: .notImplemented,
                    message: "the Transfer-Encoding \(encodings.joined(separator: ", ")) is not read here; send chunked"
                )
            }
        }
        guard lengths.count < 2 else { return .invalid("a request has one Content-Length, not \(lengths.count)") }
        if let length = lengths.first {
            guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }), Int(length) != nil else {
                return .invalid("the Content-Length \"\(length.prefix(40))\" is no number of bytes")
            }
        }
        if let expected = head.headers.first(name: "expect"), expected.lowercased() != "100-continue" {
            return Fault(
                status: .expectationFailed,
                message: "\"Expect: \(expected.prefix(40))\" cannot be met; only 100-continue is supported")
        }
        return nil
    }

    /// What is wrong with bytes that are no request.
    static func fault(of error: HTTPParserError) -> Fault {
        switch error {
        case .headerOverflow:
            Fault(
                status: .requestHeaderFieldsTooLarge,
                message: "the request's line and headers are too large; send fewer or shorter ones")
        case .invalidMethod: .invalid("the request's method is none that HTTP has")
        case .invalidVersion: .invalid("the request's version is none that HTTP has; use HTTP/1.1")
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
            .invalid("the request's target is no path")
        case .invalidContentLength, .unexpectedContentLength: .invalid("the request's Content-Length is not one number")
        case .invalidChunkSize: .invalid("the size of a chunk of the body is no hexadecimal number")
        case .invalidHeaderToken: .invalid("a header is not of the form \"Name: value\"")
        case .invalidEOFState: .invalid("the connection was closed before the request was whole")
        default: .invalid("the request does not follow RFC 9112")
        }
    }
}
