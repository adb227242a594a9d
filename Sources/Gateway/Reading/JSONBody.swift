import Core
import Hummingbird
import Synchronization

/// A request's body: one JSON object. As long as it is held, its bytes count.
struct JSONBody: Sendable {
    let fields: Fields
    private let share: Share

    /// Bodies are parsed one after the other, beside the threads that answer.
    private static let reading = ReadingThread(name: "squire.gateway.bodies")

    /// The largest body that is read.
    static let limit = 16 << 20
    /// So much more is taken and thrown away, so that a client that first sends all gets to read why it was refused.
    private static let mostDiscarded = 64 << 20

    /// - Parameters:
    ///   - budget: what bodies may take in memory together.
    ///   - wait: how long to wait for a share of it.
    /// - Throws: `APIError` where it is too long, no JSON, or no object, or where there is no room for it.
    init(_ request: Request, within budget: ByteBudget, wait: Duration) async throws {
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        // Who asks first does not send it then.
        if declared > Self.limit, request.headers[.expect] != nil { throw Self.tooLarge }
        let share = Share(budget)
        var bytes: [UInt8] = []
        if declared <= Self.limit { bytes.reserveCapacity(min(declared, 1 << 20)) }
        var discarded = 0
        for try await part in request.body {
            if bytes.count + part.readableBytes > Self.limit || declared > Self.limit || discarded > 0 {
                bytes = []
                share.giveBack()
                discarded += part.readableBytes
                if discarded > Self.mostDiscarded { break }
            } else {
                try await share.grow(by: part.readableBytes, within: wait)
                bytes += part.readableBytesView
            }
        }
        guard discarded == 0 else { throw Self.tooLarge }
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
        self.share = share
    }

    private static var tooLarge: APIError {
        APIError(
            .contentTooLarge, "the body is larger than \(limit >> 20) MiB; send less in one request",
            code: "body_too_large")
    }

    /// The bytes of one body, given back when it is dropped.
    private final class Share: Sendable {
        private let budget: ByteBudget
        private let held = Mutex(0)

        init(_ budget: ByteBudget) {
            self.budget = budget
        }

        deinit { giveBack() }

        func grow(by count: Int, within wait: Duration) async throws {
            guard await budget.take(count, within: wait) else {
                try Task.checkCancellation()
                var error = APIError(
                    .serviceUnavailable,
                    "other requests' bodies take all of the \(budget.limit >> 20) MiB there are; try again in a moment",
                    code: "bodies_too_many")
                error.retryAfter = 1
                throw error
            }
            held.withLock { $0 += count }
        }

        func giveBack() {
            budget.give(
                held.withLock { held in
                    defer { held = 0 }
                    return held
                })
        }
    }
}
