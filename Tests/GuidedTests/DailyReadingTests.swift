import Core
import DataFiles
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// What questions of daily life say, as people write it. The cases are lines of `Data/readings.jsonl`, `Data/wishes.jsonl`
/// and `Data/spellings.jsonl`; today is Monday, 23 November 2026.
struct DailyReadingTests {
    struct Reading: Decodable, Sendable, CustomTestStringConvertible {
        var text: String
        var values: [Double]?
        var unit: String?
        var dates: [String]?
        var weekdays: [String]?

        var testDescription: String { text }
    }

    struct Wish: Decodable, Sendable, CustomTestStringConvertible {
        var text: String
        var nothing: Bool

        var testDescription: String { text }
    }

    struct Spelling: Decodable, Sendable, CustomTestStringConvertible {
        var said: String
        var read: String

        var testDescription: String { said }
    }

    private static func readings() throws -> [Reading] { try DataLines.read("readings.jsonl", beside: #filePath) }
    private static func wishes() throws -> [Wish] { try DataLines.read("wishes.jsonl", beside: #filePath) }
    private static func spellings() throws -> [Spelling] { try DataLines.read("spellings.jsonl", beside: #filePath) }

    @Test func `there are cases`() throws {
        #expect(try Self.readings().count >= 20 && Self.wishes().count >= 14 && Self.spellings().count >= 7)
    }

    @Test(arguments: try readings())
    func `numbers, units and days are read right or not at all`(one: Reading) {
        let reading = QuestionReading(one.text, today: "2026-11-23", in: .english)
        if let values = one.values {
            #expect(reading.quantities.map(\.value) == values)
            #expect(reading.quantities.first?.unit?.name == one.unit)
        }
        if let dates = one.dates { #expect(reading.dates.map(\.date) == dates) }
        if let weekdays = one.weekdays { #expect(reading.weekdays.map(\.date) == weekdays) }
    }

    @Test(arguments: try wishes())
    func `what is forbidden or only told calls nothing`(one: Wish) {
        #expect(Utterance(one.text, in: .english).wantsNothing == one.nothing)
    }

    private static let clock = Tool(
        plugin: "clock", operation: "worldTime", description: "Tells the time in a city, and how many feet a mile has.",
        parameters: ["type": "object", "properties": ["city": ["type": "string"]]], parameterOrder: ["city"],
        isReadOnly: true,
        examples: [
            .init(question: "What time is it in Paris?", arguments: ["city": "Paris"]),
            .init(question: "What's the time now?", arguments: [:]),
        ])

    @Test(arguments: try spellings())
    func `a word is read as a near one that is known, where that is nearer to what is asked`(one: Spelling) async throws
    {
        let vectors = TextVectors(WordEmbedder(in: .english))
        let reading = ToolReading(of: Self.clock, in: .english)
        _ = try await vectors.embed(reading.asked.flatMap(\.texts))
        let spelling = try await QuestionSpelling(one.said, [Self.clock], [reading], vectors: vectors, in: .english)
        #expect(spelling.corrected(one.said) == one.read)
    }

    @Test func `what fills a text stays as it was said`() async throws {
        let vectors = TextVectors(WordEmbedder(in: .english))
        let reading = ToolReading(of: Self.clock, in: .english)
        _ = try await vectors.embed(reading.asked.flatMap(\.texts))
        let spelling = try await QuestionSpelling(
            "What tiem is it in Paris?", [Self.clock], [reading], vectors: vectors, in: .english)
        #expect(spelling.words == [QuestionSpelling.Word(said: "tiem", meant: "time")])
        #expect(spelling.restored(["city": "time square"], reading.slots) == ["city": "tiem square"])
    }
}
