import Core
import DataFiles
import Languages
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// Where the question of an example says its arguments. The cases are lines of `Data/located.jsonl`; the tools are lines of
/// `Data/filling-tools.jsonl`:
/// `{"tool": "weather", "question": "weather in Oslo", "arguments": {"city": "Oslo"}, "places": {"city": "Oslo"}}`. `"places"`
/// has for each argument the words of the question that say it; what the question does not say is left out. To add a case,
/// add a line; where it is right and its test fails, add `"known": "why"`.
struct LocatedExampleTests {
    struct Case: Decodable, Sendable, CustomStringConvertible {
        var tool: String
        var question: String
        var arguments: JSONValue
        var places: [String: String]
        var known: String?

        var description: String { question }
    }

    private static func cases() throws -> [Case] { try DataLines.read("located.jsonl", beside: #filePath) }

    private func located(_ tool: String, _ question: String, _ arguments: JSONValue) throws -> (LocatedExample, [Slot])
    {
        let tool = try #require(try ToolLine.tools("filling-tools.jsonl")[tool], "no tool is called \(tool)")
        let slots = Slot.all(of: tool, in: .english)
        let example = Tool.Example(question: question, arguments: arguments)
        return (LocatedExample(example, of: tool, slots, today: FilledQuestion.today, in: .english), slots)
    }

    @Test(arguments: try cases())
    func `an example's question says where its arguments are`(one: Case) throws {
        let (example, slots) = try located(one.tool, one.question, one.arguments)
        let found = example.places.map { (slots[$0.key].name, example.text.text($0.value)) }
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(Dictionary(found) { first, _ in first } == one.places)
        } when: {
            one.known != nil
        }
    }

    @Test func `words beside the arguments ask, and numbers measure what they are said of`() throws {
        let (example, _) = try located("weather", "How is the weather in Oslo for 3 days", ["city": "Oslo", "days": 3])
        #expect(example.asking == ["how", "is", "the", "weather", "in", "for"])
        #expect(Array(example.dimensions.values) == [.time])
    }

    @Test func `a question that places its arguments as the examples do is supported by them`() throws {
        let examples = [
            try located("flights", "a flight from Oslo to Rome", ["from_city": "Oslo", "to_city": "Rome"]).0.pattern
        ]
        let text = Utterance("one from Lima to Cairo", in: .english)
        let right = SlotPattern(text, [0: 9..<13, 1: 17..<22])
        let wrong = SlotPattern(text, [1: 9..<13, 0: 17..<22])
        #expect(right.support(by: examples) > wrong.support(by: examples))
        #expect(right.neighbours == ["from ‹0›", "‹0› to", "to ‹1›", "‹1› $"])
        #expect(right.support(by: []) == 0)
    }
}

/// What is read in tools' descriptions, once.
struct ToolMemoryTests {
    private func tool(_ name: String, _ description: String = "") -> Tool {
        Tool(
            plugin: "p", operation: name, description: description, parameters: [:], parameterOrder: [],
            isReadOnly: true)
    }

    @Test func `a description is read once, and again when it changes`() {
        let reads = Counter()
        let memory = ToolMemory(most: 4) { tool in
            reads.add()
            return tool.description
        }
        memory.keep([tool("one", "first")])
        #expect(memory.known(tool("one", "first")) == nil)
        for _ in 0..<3 { #expect(memory.value(of: tool("one", "first")) == "first") }
        #expect(reads.value == 1)
        #expect(memory.value(of: tool("one", "second")) == "second" && memory.known(tool("one", "first")) == nil)
    }

    @Test func `of tools that are not registered the last ones are remembered`() {
        let memory = ToolMemory(most: 4) { $0.operation }
        for number in 0..<100 { _ = memory.value(of: tool("tool \(number)")) }
        #expect(memory.known(tool("tool 99")) == "tool 99" && memory.known(tool("tool 0")) == nil)
    }

    @Test func `what is registered no more is forgotten`() {
        let memory = ToolMemory(most: 4) { $0.operation }
        memory.keep([tool("one"), tool("two")])
        _ = memory.value(of: tool("one"))
        memory.keep([tool("two")])
        #expect(memory.known(tool("one")) == nil)
    }

    @Test func `a question embeds a few descriptions, those that share its words`() async throws {
        let embedder = CountingEmbedder()
        let tools = (0..<50).map { tool("tool\($0)", $0 == 33 ? "Counts penguins." : "Counts cars of row \($0).") }
        let comparable = ComparableTools(
            vectors: TextVectors(embedder), memory: ToolMemory(most: 100) { $0.description },
            stem: QuestionLanguage.english.stem
        ) { [$0] }
        let places = try await comparable.places(in: tools, for: "How many penguins are there?", embeddingAtMost: 3)
        #expect(places.count == 3 && places.contains(33) && places == places.sorted())
        #expect(embedder.total == 3)
        // The next question embeds others, and those stay.
        let more = try await comparable.places(in: tools, for: "How many penguins are there?", embeddingAtMost: 3)
        #expect(more.count == 6 && Set(more).isSuperset(of: places))
    }
}
