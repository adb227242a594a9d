import Core
import ScriptedModels
import Testing

@testable import Agent
@testable import Understanding

struct ResultReadingTests {
    private static let stations: JSONValue = [
        "unit": "m",
        "stations": .array(
            (0..<400).map { ["name": .string("Harbour\($0)"), "waterLevel": .number(Double($0) / 10)] }
                + [["name": "Vlissingen", "waterLevel": 3.47]]),
    ]

    @Test func `a list's items are a record each, what stands beside each other is one`() {
        let records = ResultText.records([
            "a": 1, "b": ["c": "d"], "list": [["x": 1, "y": [1, 2]], ["x": 2]], "tags": ["p", "q"],
        ])
        #expect(records.map(\.text) == ["a: 1\nb.c: d\ntags: p, q", "list:", "- x: 1, y: 1, 2", "- x: 2"])
    }

    @Test func `a long text is read by its lines, and they go on from each other`() {
        let records = ResultText.records(.string((1...50).map { "Line \($0) of the log." }.joined(separator: "\n")))
        #expect(records.count == 50)
        #expect(records.map(\.goesOn) == [false] + Array(repeating: true, count: 49))
    }

    @Test func `only a sentence is a plugin's own answer, not a text of pages`() {
        #expect(ResultText.summary(["text": "It is noon."], members: ["text"])?.text == "It is noon.")
        #expect(
            ResultText.summary(["text": .string(String(repeating: "It is noon. ", count: 100))], members: ["text"])
                == nil)
    }

    @Test func `the record that says what is asked is read, wherever it stands`() throws {
        let records = ResultText.records(Self.stations)
        let reading = ResultReading(
            records, question: "What is the water level at Vlissingen?", share: 200, tokens: 8000)
        #expect(reading.isTold)
        let order = reading.order()
        #expect(order.map { $0.map { records[$0].text } } == [["- name: Vlissingen, waterLevel: 3.47"]])
    }

    @Test
    func `where no word tells the parts apart, they are read from the beginning on, or as near as they are in meaning`()
    {
        let reading = ResultReading(
            ResultText.records(Self.stations), question: "How high is it?", share: 1000, tokens: 8000)
        #expect(!reading.isTold)
        #expect(reading.order().map { $0.first ?? -1 }.prefix(1) == [0])
        let nearness = reading.beginnings(characters: 100).indices.map(Double.init)
        let near = reading.order(nearness: nearness)
        #expect(near.first?.last == ResultText.records(Self.stations).count - 1)
        #expect(near.count == ResultReading.mostParts && near.last?.first == 0)
    }

    @Test func `a part fits its share, and says which records it has`() async throws {
        let records = ResultText.records(Self.stations)
        let counts = TokenCounts(model: WordModel())
        let reading = ResultReading(records, question: "And Vlissingen?", share: 100, tokens: 2000)
        let first = try await reading.part(Array(0..<200), within: 100, counts: counts)
        #expect(first.text.hasPrefix("unit: m\nstations:\n- name: Harbour0") && first.text.hasSuffix("\n…\n"))
        #expect(first.tokens <= 100 && first.tokens > 70)
        #expect(first.place.hasPrefix("1 to "))
        let last = try await reading.part([records.count - 1], within: 100, counts: counts)
        #expect(last.place == "403")
        #expect(last.text == "…\n- name: Vlissingen, waterLevel: 3.47\n")
    }

    @Test func `a record that is too long by itself is given as far as it goes`() async throws {
        let records = [ResultText.Record(text: Array(repeating: "word", count: 3000).joined(separator: " "))]
        let reading = ResultReading(records, question: "?", share: 100, tokens: 3000)
        let part = try await reading.part([0], within: 100, counts: TokenCounts(model: WordModel()))
        #expect((30...100).contains(part.tokens))
    }

    @Test func `where the model's words do not hold up, the plugin's are those that say most of the question`() {
        let step = Step(plugin: "tides", operation: "levels", arguments: [:], status: .ok, result: Self.stations)
        #expect(
            ReadResult(step).plain(question: "What is the water level at Vlissingen?")
                == "Vlissingen – water level: 3.47.")
    }
}
