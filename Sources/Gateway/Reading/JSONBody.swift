import Core
import Hummingbird

/// A request's body: one JSON object.
struct JSONBody: Sendable {
    let fields: Fields
    /// As it came: what a JSON value forgets, such as the order of members, stands here.
    let bytes: [UInt8]

    /// Bodies are parsed one after the other, beside the threads that answer.
    private static let reading = ReadingThread(name: "squire.gateway.bodies")

    /// The largest body that is read.
    static let limit = 16 << 20
    /// So much more is taken and thrown away, so that a client that first sends all gets to read why it was refused.
    private static let mostDiscarded = 64 << 20

    /// - Throws: `APIError` where it is too long, no JSON, or no object.
    init(_ request: Request) async throws {
        var bytes: [UInt8] = []
        var discarded = 0
        for try await part in request.body {
            if bytes.count + part.readableBytes > Self.limit || discarded > 0 {
                discarded += part.readableBytes
                if discarded > Self.mostDiscarded { break }
            } else {
                bytes += part.readableBytesView
            }
        }
        guard discarded == 0 else {
            throw APIError(
                .contentTooLarge, "the body is larger than \(Self.limit >> 20) MiB; send less in one request",
                code: "body_too_large")
        }
        let value: JSONValue
        do {
            value = try await Self.reading.run { [bytes] in try JSONValue(parsing: bytes) }
        } catch let error as JSONError where error.code == .beyondLimit {
            throw APIError(.contentTooLarge, "the body is more than is read: \(error)", code: "body_too_large")
        } catch let error as JSONError {
            throw APIError(
                .badRequest,
                "the body is no JSON (\(error)); send a JSON object with the header Content-Type: application/json",
                code: "invalid_json")
        }
        guard value.object != nil else {
            throw APIError(.badRequest, "the body must be a JSON object, not \(Fields.shown(value))")
        }
        fields = try Fields(value, at: "")
        self.bytes = bytes
    }
}
