import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import AlmanacAPI

/// Monday 23 November 2026, 13:05:30 in Greenwich.
let monday = Date(timeIntervalSince1970: 1_795_439_130)

/// An almanac whose clock stands still on that Monday; one for all tests, as its tables take a debug build their time.
let almanac = Almanac(now: { monday }, home: .gmt)

/// One GET of the router without a network: the status, and the members of the object that came.
func get(
    _ operation: String, _ arguments: [String: String] = [:]
) async throws -> (status: Int, members: [String: Scalar]) {
    var components = URLComponents()
    components.path = "/" + operation
    components.queryItems = arguments.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
    // Foundation leaves a plus sign as it is, which a form reads as a space.
    components.percentEncodedQuery = components.percentEncodedQuery?.replacing("+", with: "%2B")
    let answer = try await respond(to: try #require(components.string))
    return (answer.status, try JSONDecoder().decode([String: Scalar].self, from: Data(answer.text.utf8)))
}

/// What the router answers to one GET, without a network.
func respond(to uri: String) async throws -> (status: Int, text: String) {
    let request = Request(
        head: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: uri),
        body: RequestBody(buffer: ByteBuffer()))
    let context = BasicRequestContext(
        source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "almanac")))
    let response = try await AlmanacServer.router(almanac).buildResponder().respond(to: request, context: context)
    let body = CollectedBody()
    try await response.body.write(body)
    return (response.status.code, body.text)
}

/// A body as the text it is.
private final class CollectedBody: ResponseBodyWriter, Sendable {
    private let bytes = Mutex(ByteBuffer())

    var text: String { bytes.withLock { String(buffer: $0) } }

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ headers: HTTPFields?) async throws {}
}

extension Scalar: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}

/// A day that the test knows to exist.
func day(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDate {
    try #require(CalendarDate(year: year, month: month, day: day))
}

/// An instant in universal time.
func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}
