import Foundation
import Hummingbird
import HummingbirdTesting
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
    let uri = try #require(components.string)
    let application = Application(router: AlmanacServer.router(almanac))
    return try await application.test(.router) { client in
        try await client.execute(uri: uri, method: .get) { response in
            let members = try JSONDecoder().decode(
                [String: Scalar].self, from: Data(String(buffer: response.body).utf8))
            return (response.status.code, members)
        }
    }
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
