import Core
import Foundation

extension HTTPRequest {
    /// Refuses what libcurl would send otherwise than it is written: a method, a header or a URL in which another line
    /// or another request could hide; and headers that belong to the connection.
    ///
    /// - Returns: where it goes.
    /// - Throws: `httpInvalidURL`, `httpInvalidRequest`.
    func check() throws(HTTPError) -> WebURL {
        let target: WebURL
        do throws(WebURL.Problem) {
            target = try WebURL(url)
        } catch {
            throw HTTPError(.invalidURL, "\"\(shownURL)\" \(error.reason)", cause: error)
        }
        guard HTTPHeader.isName(method) else {
            throw HTTPError(.invalidRequest, "\"\(method)\" is not an HTTP method (\(shownURL))")
        }
        for header in headers {
            guard HTTPHeader.isName(header.name),
                !header.value.utf8.contains(where: { [0x00, 0x0a, 0x0d].contains($0) })
            else {
                throw HTTPError(
                    .invalidRequest,
                    "the header \"\(header.name)\" cannot be sent to \(shownURL): "
                        + "its name or its value has characters that no header may have"
                )
            }
            guard !HTTPHeader.isReserved(header.name) else {
                throw HTTPError(
                    .invalidRequest,
                    "the header \"\(header.name)\" cannot be sent to \(shownURL): it belongs to the connection")
            }
        }
        let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
        if let socketPath, socketPath.utf8.count > longest || socketPath.isEmpty {
            throw HTTPError(
                .invalidRequest, "the socket's path \"\(socketPath)\" must have 1 to \(longest) bytes; move the socket")
        }
        return target
    }

    /// The URL as messages show it: without the query and the user's name, which may hold credentials.
    var shownURL: String { WebURL.shown(url) }
}
