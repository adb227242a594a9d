import Core
import Foundation

extension HTTPRequest {
    /// Refuses what libcurl would send otherwise than it is written: a method, a header or a URL in which another line
    /// or another request could hide.
    ///
    /// - Throws: `httpInvalidURL`, `httpInvalidRequest`.
    func check() throws(HTTPError) {
        guard Origin(of: url) != nil, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw HTTPError(
                .invalidURL, "\"\(shownURL)\" is not an http or https URL; write it like https://example.com/path")
        }
        guard Self.isToken(method) else {
            throw HTTPError(.invalidRequest, "\"\(method)\" is not an HTTP method (\(shownURL))")
        }
        for header in headers {
            guard Self.isToken(header.name), !header.value.utf8.contains(where: { [0x00, 0x0a, 0x0d].contains($0) })
            else {
                throw HTTPError(
                    .invalidRequest,
                    "the header \"\(header.name)\" cannot be sent to \(shownURL): "
                        + "its name or its value has characters that no header may have"
                )
            }
        }
        let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
        if let socketPath, socketPath.utf8.count > longest || socketPath.isEmpty {
            throw HTTPError(
                .invalidRequest, "the socket's path \"\(socketPath)\" must have 1 to \(longest) bytes; move the socket")
        }
    }

    /// Whether it is a token of RFC 9110, 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
