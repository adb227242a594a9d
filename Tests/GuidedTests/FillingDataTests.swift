import Core
import DataFiles
import Foundation
import Testing

@testable import Guided
@testable import Understanding

/// What of a question fills a tool's arguments. The tools are lines of `Data/filling-tools.jsonl` (`ToolLine` says what stands
/// in one). The cases are lines of `Data/fillings.jsonl`:
/// `{"tool": "weather", "question": "weather in Oslo", "arguments": {"city": "Oslo"}}`. A tool's arguments that nobody said
/// are left out; the required ones among them, which have no default, are named in `"missing"`. Lines of `Data/series.jsonl`
/// have the arguments of several `"calls"`. To add a case, add a line; where it is right and its test fails, add
/// `"known": "why"`. Today is Monday, 23 November 2026.
struct FillingDataTests {
    struct Case: Decodable, Sendable, CustomStringConvertible {
        var tool: String
        var question: String
        var arguments: JSONValue?
        var missing: [String]?
        var calls: [JSONValue]?
        var known: String?

        var description: String { "\(tool): \(question)" }
    }

    private static let tools = Result { try ToolLine.tools("filling-tools.jsonl") }

    private static func cases(_ name: String) throws -> [Case] { try DataLines.read(name, beside: #filePath) }

    private func filled(_ one: Case) async throws -> FilledQuestion {
        let tool = try #require(try Self.tools.get()[one.tool], "no tool is called \(one.tool)")
        return try await FilledQuestion(one.question, for: tool)
    }

    @Test(arguments: try cases("fillings.jsonl"))
    func `what was said fills what it is meant for, and nothing is made up`(one: Case) async throws {
        let found = try await Asker.$timeZone.withValue(.gmt) { try await filled(one) }
        let arguments = try await found.arguments()
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(arguments.first == one.arguments)
            #expect(found.call.unsaid == one.missing ?? [])
        } when: {
            one.known != nil
        }
    }

    @Test(arguments: try cases("series.jsonl"))
    func `one question makes as many calls as it asks for`(one: Case) async throws {
        let arguments = try await filled(one).arguments()
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(arguments == one.calls)
        } when: {
            one.known != nil
        }
    }

    @Test func `no more calls are made of one question than sixteen`() async throws {
        let names = (0..<40).map { "Town\(Character(UnicodeScalar(97 + UInt8($0 % 26))))\($0 / 26 == 0 ? "" : "x")" }
        let tool = try #require(try Self.tools.get()["weather"])
        let arguments = try await FilledQuestion("weather in \(names.joined(separator: ", "))", for: tool).arguments()
        #expect(arguments.count == 16)
    }
}

/// The plainest value of a schema. The cases are lines of `Data/minimal-values.jsonl`; `"nothing"` is none.
struct MinimalValueTests {
    struct Case: Decodable, Sendable, CustomStringConvertible {
        var schema: JSONValue
        var value: JSONValue

        var description: String { schema.text }
    }

    private static func cases() throws -> [Case] { try DataLines.read("minimal-values.jsonl", beside: #filePath) }

    @Test(arguments: try cases())
    func `the plainest value that a schema allows is found`(one: Case) {
        let document: JSONValue = ["$defs": ["day": ["enum": ["Monday"]]]]
        #expect(MinimalValue.of(one.schema, in: document) ?? "nothing" == one.value)
    }

    @Test func `a schema that leads to itself ends`() {
        let document: JSONValue = [
            "$defs": ["list": ["type": "array", "items": ["$ref": "#/$defs/list"], "minItems": 1]]
        ]
        #expect(MinimalValue.of(["$ref": "#/$defs/list"], in: document) == nil)
    }
}
