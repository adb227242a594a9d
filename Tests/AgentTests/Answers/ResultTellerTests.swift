import Core
import DataFiles
import Foundation
import ProcessorTime
import Testing

@testable import Agent
@testable import Understanding

/// What is told of a result without a model. The cases are lines of `Data/tellings.jsonl`.
struct ResultTellerTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var question: String
        var operation: String?
        var arguments: JSONValue?
        /// What the operation's document says of properties.
        var described: [String: String]?
        var result: JSONValue
        var says: [String]
        var never: [String]?

        var testDescription: String { question }
    }

    private static func cases() throws -> [Case] { try DataLines.read("tellings.jsonl", beside: #filePath) }

    @Test func `there are cases`() throws {
        #expect(try Self.cases().count >= 50)
    }

    @Test(arguments: try cases())
    func `a result is told rightly, and what was asked for is in it`(one: Case) throws {
        let step = Step(
            plugin: "p", operation: one.operation ?? "op", arguments: one.arguments ?? [:], status: .ok,
            result: one.result)
        let described = (one.described ?? [:]).map {
            Tool.ResultProperty(name: $0, description: $1, isNumber: false)
        }
        let told = ReadResult(step).plain(question: one.question, described: described).lowercased()
        for text in one.says { #expect(told.contains(text.lowercased()), "\(told)") }
        for text in one.never ?? [] { #expect(!told.contains(text.lowercased()), "\(told)") }
    }

    @Test func `a list of thousands says how many there are, and tells what was asked about`() {
        let items = (0..<3000).map { number -> JSONValue in
            [
                "station": .string(number == 2900 ? "Vlissingen" : "station \(number)"),
                "level": .number(Double(number) / 100),
            ]
        }
        let step = Step(
            plugin: "tides", operation: "waterLevels", arguments: [:], status: .ok, result: ["levels": .array(items)])
        let told = ReadResult(step).plain(question: "What is the water level at Vlissingen?")
        #expect(told == "Station Vlissingen – level: 29.")
        #expect(ReadResult(step).plain(question: "What are the levels?").hasPrefix("First 20 of 3,000 levels:\n- "))
        #expect(told.utf8.count < 3000)
    }

    @Test func `how many values there are is told, however many are not`() {
        let items = JSONValue.array((0..<3000).map { .string("item \($0)") })
        func told(_ result: JSONValue, _ question: String) -> String {
            let step = Step(plugin: "p", operation: "op", arguments: [:], status: .ok, result: result)
            return ReadResult(step).plain(question: question)
        }
        #expect(told(["shop": "Elm", "parts": items], "What is there?").contains("item 19 and 2,980 more"))
        #expect(told(["shop": "Elm", "parts": items], "Which parts are there?").contains("item 19 and 2,980 more"))
        let nested = JSONValue.array((0..<300).map { ["name": .string("n\($0)")] })
        #expect(told(["shop": "Elm", "town": "Bo", "parts": nested], "What is there?").contains("n19 and 280 more"))
    }

    @Test func `telling costs what the result's size is`() async {
        await Task.yield()
        let growth = growth(from: 2000) { count in
            let items = (0..<count).map { JSONValue.object(["a": .integer($0), "b": ["c": .string("x\($0)")]]) }
            let step = Step(plugin: "p", operation: "op", arguments: [:], status: .ok, result: .array(items))
            _ = ReadResult(step).plain(question: "What is x17?")
        }
        #expect(growth < 8)
    }
}
