import Core
import Testing

@testable import Guided
@testable import Understanding

/// Where an argument that nobody says comes from.
struct ArgumentSourceTests {
    private let sources = ArgumentSources(readings: ToolReadings(in: .english), language: .english)

    private func tool(_ name: String) throws -> Tool {
        try #require(try ToolLine.tools("chain-tools.jsonl")[name], "no tool \(name)")
    }

    private func properties(of name: String, from producer: String, asked question: String) async throws -> [String:
        String]?
    {
        let call = try await FilledQuestion(question, for: try tool(name)).call
        return sources.properties(call, from: try tool(producer))
    }

    @Test func `an identifier comes from the list of the things it identifies, and from nowhere else`() async throws {
        let question = "What has Nordlicht GmbH ordered?"
        #expect(
            try await properties(of: "customer_orders", from: "customers", asked: question) == ["customer_id": "id"])
        #expect(try await properties(of: "customer_orders", from: "items", asked: question) == nil)
    }

    @Test func `a list tells as much of a thing as the operation for one`() async throws {
        #expect(try await properties(of: "customer", from: "customers", asked: "Who is Nordlicht GmbH?") == nil)
    }

    @Test func `a place's latitude and longitude come from what tells both`() async throws {
        let question = "How warm will it be in Bergen?"
        #expect(
            try await properties(of: "forecast", from: "places", asked: question)
                == ["latitude": "lat", "longitude": "lon"])
        #expect(try await properties(of: "forecast", from: "customers", asked: question) == nil)
    }

    @Test func `what was said needs no source`() async throws {
        #expect(try await properties(of: "customer_orders", from: "customers", asked: "orders of customer 9") == nil)
    }

    @Test func `a source is asked by the name that is said, and a list by what it is about`() async throws {
        let question = "What has Nordlicht GmbH ordered?"
        let other = try await FilledQuestion(question, for: try tool("customer_orders"))
        let customers = try await FilledQuestion(question, for: try tool("customers"))
        let found = try #require(customers.call.asSource(in: customers.reading, for: other.call))
        #expect(found.call.assignment.filled.map { $0?.value } == ["Nordlicht GmbH", nil])
        // All orders are nobody's: what is asked of one customer does not come from them.
        let orders = try await FilledQuestion(question, for: try tool("orders"))
        #expect(orders.call.asSource(in: orders.reading, for: other.call) == nil)
    }
}
