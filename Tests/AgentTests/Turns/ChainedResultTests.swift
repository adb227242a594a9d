import Core
import Testing

@testable import Agent

/// What a call takes from the result of another one.
struct ChainedResultTests {
    private func arguments(
        from result: JSONValue, _ properties: [String: String] = ["customer_id": "id"], name: String? = nil,
        said: JSONValue = [:]
    ) -> JSONValue? {
        ChainedResult(result: result).arguments(
            of: ChainedCall(operation: "orders", arguments: said, properties: properties, name: name))
    }

    private let two: JSONValue = [["id": 3, "name": "Sander & Söhne"], ["id": 9, "name": "Nordlicht GmbH"]]

    @Test func `of several things the one that was named is taken`() {
        #expect(arguments(from: two, name: "nordlicht GmbH") == ["customer_id": 9])
        #expect(arguments(from: two, name: "Nordlicht") == ["customer_id": 9])
        #expect(arguments(from: ["total": 2, "items": two], name: "Nordlicht") == ["customer_id": 9])
    }

    @Test func `a part of the name is not the name`() {
        let places: JSONValue = [["id": 3, "country": "no"], ["id": 9, "country": "de"]]
        #expect(arguments(from: places, name: "Nordlicht") == nil)
    }

    @Test func `of several things none of which has the name nothing is taken`() {
        #expect(arguments(from: two, name: "Meyer") == nil)
        #expect(arguments(from: [], name: "Meyer") == nil)
    }

    @Test func `a list without a name gives its first, and one of numbers the number`() {
        #expect(arguments(from: two) == ["customer_id": 3])
        #expect(arguments(from: [8863, 9001], ["id": ""]) == ["id": 8863])
        #expect(arguments(from: [["id": 1]], ["id": ""]) == nil)
    }

    @Test func `what was said stays, and all that is missing must be told`() {
        let place: JSONValue = ["results": [["name": "Oslo", "latitude": 59.9, "longitude": 10.7]]]
        let properties = ["lat": "latitude", "lon": "longitude"]
        #expect(
            arguments(from: place, properties, name: "Oslo", said: ["days": 3])
                == ["days": 3, "lat": 59.9, "lon": 10.7])
        #expect(arguments(from: [["name": "Oslo", "latitude": 59.9]], properties, name: "Oslo") == nil)
    }
}
