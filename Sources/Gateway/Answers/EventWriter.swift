import Core
import Hummingbird
import Logging

/// Writes server-sent events (WHATWG HTML, section 9.2) whose data is one line of JSON.
struct EventWriter {
    // Hummingbird's functions may run on any thread; right because only the task that makes the response writes it, and
    // waits for each.
    private nonisolated(unsafe) var writer: any ResponseBodyWriter

    /// An answer whose events are written while they come about.
    ///
    /// - Parameters:
    ///   - logger: the request's.
    ///   - body: writes the events.
    ///   - failed: writes what is to be said of what `body` threw; not called where the client has gone.
    static func response(
        logger: Logger, _ body: @escaping @Sendable (inout EventWriter) async throws -> Void,
        failed: @escaping @Sendable (APIError, inout EventWriter) async throws -> Void
    ) -> Response {
        // Hummingbird has the body written when the middleware is done, and with it the request's scope.
        let request = RequestScope.id
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody { writer in
                var events = EventWriter(writer: writer)
                try await RequestScope.$id.withValue(request) {
                    do {
                        try await body(&events)
                    } catch {
                        guard let answer = APIError(error) else { throw error }
                        if answer.status.code >= 500 { logger.error("stream failed", metadata: ["error": "\(error)"]) }
                        try await failed(answer, &events)
                    }
                }
                try await writer.finish(nil)
            })
    }

    private init(writer: any ResponseBodyWriter) {
        unsafe self.writer = writer
    }

    /// - Parameter name: the event's; none in the streams of chat and text completions.
    mutating func send(_ data: JSONValue, name: String? = nil) async throws {
        let head = name.map { "event: \($0)\n" } ?? ""
        unsafe try await writer.write(ByteBuffer(string: "\(head)data: \(JSONEscapes.escaped(data.text))\n\n"))
    }

    /// Ends the streams of chat and text completions.
    mutating func sendDone() async throws {
        unsafe try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
    }
}
