import Core
import DataFiles
import Logging
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// What speaks for which tool, and which is chosen. The tools are lines of `Data/choosing-tools.jsonl` (`ToolLine` says what
/// stands in one). To add a case, add a line; where it is right and its test fails, add `"known": "why"`.
struct ChoosingDataTests {
    /// `{"figure": "name", "question": "weather in Oslo", "higher": "get_weather", "lower": "get_order"}`: this figure of
    /// `ToolEvidence` must be higher for the one tool than for the other.
    struct Compared: Decodable, Sendable, CustomStringConvertible {
        var figure: String
        var question: String
        var higher: String
        var lower: String
        var known: String?

        var description: String { "\(figure): \(question)" }
    }

    /// `{"question": "Show me the orders", "tools": ["list_products", "list_orders"], "chosen": "list_orders"}`; `null` is none,
    /// and `"isByExample"` says that one of its examples must decide.
    struct Chosen: Decodable, Sendable, CustomStringConvertible {
        var question: String
        var tools: [String]
        var chosen: String?
        var isByExample: Bool?
        var known: String?

        var description: String { question }
    }

    /// `{"tool": "get_order", "gives": {"action": "read", "nouns": ["orders"]}}`: what its document says of it. Words stand for
    /// their stems.
    struct Outlined: Decodable, Sendable, CustomStringConvertible {
        var tool: String
        var gives: JSONValue
        var known: String?

        var description: String { tool }
    }

    private static let tools = Result { try ToolLine.tools("choosing-tools.jsonl") }

    private static func lines<Case: Decodable>(_ name: String) throws -> [Case] {
        try DataLines.read(name, beside: #filePath)
    }

    private static func comparisons() throws -> [Compared] { try lines("evidence.jsonl") }
    private static func decisions() throws -> [Chosen] { try lines("decisions.jsonl") }
    private static func outlines() throws -> [Outlined] { try lines("outlines.jsonl") }

    private func tool(_ name: String) throws -> Tool { try #require(try Self.tools.get()[name], "no tool \(name)") }

    private let vectors = TextVectors(WordEmbedder())

    /// - Parameter weights: of the test alone, whichever are fitted.
    private func decided(
        _ question: String, _ names: [String], offered: Int? = nil, least: Double = 0.35,
        weights: [String: Double] = [
            "whole": 0.5, "coverage": 0.5, "nameOverlap": 0.5, "sameAction": 0.2, "otherAction": -1,
        ]
    ) async throws -> ToolDecision.Outcome {
        var calls: [FilledCall] = []
        for name in names { calls.append(try await FilledQuestion(question, for: try tool(name), with: vectors).call) }
        let reading = QuestionReading(question, today: FilledQuestion.today, in: .english)
        return try await ToolDecision(
            vectors: vectors, offered: offered ?? names.count,
            weights: ChoiceWeights(intercept: 0, weights: weights, least: least),
            mayChange: reading.text.action != .read
        ).decide(reading, calls)
    }

    // MARK: Evidence

    @Test(arguments: try comparisons())
    func `a figure is higher for the tool that it speaks for`(one: Compared) async throws {
        let figure = try #require(ToolEvidence.Name(rawValue: one.figure), "no figure is called \(one.figure)")
        let evidence = try await decided(one.question, [one.higher, one.lower]).evidence
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(evidence[0][figure] > evidence[1][figure])
        } when: {
            one.known != nil
        }
    }

    @Test func `every figure has a case`() throws {
        // These are the same for all tools, or come of a message's kind, which the fitted model of vectors tells.
        let common: Set<String> = [
            "conversational", "many", "spoken", "fact", "order", "factByChange", "orderByChange",
        ]
        let compared = Set(try Self.comparisons().map(\.figure))
        #expect(Set(ToolEvidence.Name.allCases.map(\.rawValue)).subtracting(compared).subtracting(common).isEmpty)
    }

    @Test func `a remark is nearer to what no tool is for than a question is, whatever the tool`() async throws {
        let remark = try await decided("Thank you very much!", ["clock", "area"]).evidence
        let question = try await decided("How late is it in Oslo?", ["clock", "area"]).evidence
        #expect(remark[0][.conversational] > question[0][.conversational])
        #expect(remark[0][.conversational] == remark[1][.conversational])
        // Something made up no tool has.
        #expect(try await decided("Tell me a joke", ["clock"]).evidence[0][.conversational] == 1)
    }

    @Test func `that there are many tools counts beyond eight`() async throws {
        #expect(try await decided("How late is it?", ["clock"], offered: 8).evidence[0][.many] == 0)
        #expect(try await decided("How late is it?", ["clock"], offered: 80).evidence[0][.many] > 2)
    }

    // MARK: Decisions

    @Test(arguments: try decisions())
    func `the tool that is meant is chosen, and none where none is`(one: Chosen) async throws {
        let outcome = try await decided(one.question, one.tools)
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(outcome.chosen.map { one.tools[$0] } == one.chosen)
            if let isByExample = one.isByExample { #expect(outcome.isAsked == isByExample) }
        } when: {
            one.known != nil
        }
    }

    @Test func `what changes something is called for an order only, however much speaks for it`() async throws {
        let all: [String: Double] = ["whole": 100]
        #expect(try await decided("Why was order 7 cancelled?", ["cancel_order"], weights: all).chosen == nil)
        #expect(try await decided("Please cancel order 7", ["cancel_order"], weights: all).chosen == 0)
    }

    @Test func `below the least log-odds no tool is chosen, and the best is still told`() async throws {
        let outcome = try await decided("What is the weather in Oslo?", ["list_orders", "get_weather"], least: 100)
        #expect(outcome.chosen == nil && outcome.best == 1)
        #expect(outcome.weighed.first?.text == "no tool" && outcome.weighed.count == 3)
    }

    @Test func `the names of arguments stand in the place of what fills them`() async throws {
        let filled = try await FilledQuestion("the weather in Oslo for 3 days", for: try tool("get_weather"))
        #expect(ToolDecision.framed(filled.reading, filled.call) == "the weather in city for days")
    }

    // MARK: What is read of a tool

    @Test(arguments: try outlines())
    func `a tool's document says what it is about and what it does`(one: Outlined) throws {
        let outline = ToolOutline(of: try tool(one.tool), in: .english)
        let stem = QuestionLanguage.english.stem
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            for (property, wanted) in one.gives.object ?? [:] {
                let stems = Set(wanted.array?.compactMap(\.string).map(stem.of) ?? [])
                switch property {
                case "action": #expect(outline.action.map { "\($0)" } == wanted.string)
                case "nouns": #expect(Set(outline.nouns) == stems)
                case "numbers": #expect(outline.numbers == stems)
                case "resultNames": #expect(outline.resultNames == stems)
                default: Issue.record("no such property of an outline: \(property)")
                }
            }
        } when: {
            one.known != nil
        }
    }

    // MARK: Few of many

    @Test func `of many tools the few are kept that a question may be meant for`() async throws {
        let tools = try Self.tools.get().values.sorted { $0.operation < $1.operation }
        let shortlist = ToolShortlist(vectors: vectors, readings: ToolReadings(in: .english), mostUnread: 100, most: 3)
        let reading = QuestionReading("Is there wind in Oslo?", today: FilledQuestion.today, in: .english)
        let best = try await shortlist.best(of: tools, for: reading)
        #expect(best.count == 3 && best.contains { $0.operation == "get_weather" })
        // Few are all kept.
        #expect(try await shortlist.best(of: Array(tools.prefix(3)), for: reading) == Array(tools.prefix(3)))
    }

    @Test func `a word that few tools have tells more, and one that none has nothing`() {
        let rarities = ToolShortlist.rarities(
            of: ["wind", "order", "sea"], in: [["wind", "order"], ["order"], ["order"]])
        #expect(rarities["wind"] ?? 0 > rarities["order"] ?? 0 && rarities["sea"] == nil)
    }
}

/// Half a question, after another. The cases are lines of `Data/dialogs.jsonl`; the tools are those of
/// `Data/filling-tools.jsonl`.
struct FollowUpDataTests {
    struct Call: Decodable, Sendable {
        var tool: String
        var arguments: JSONValue
    }

    struct Case: Decodable, Sendable, CustomStringConvertible {
        var before: String
        var call: Call
        var question: String
        var calls: [Call]
        var known: String?

        var description: String { "\(before) \(question)" }
    }

    private static func cases() throws -> [Case] { try DataLines.read("dialogs.jsonl", beside: #filePath) }

    @Test(arguments: try cases())
    func `half a question goes on with the call before it`(one: Case) async throws {
        let made = MadeCall(operation: one.call.tool, arguments: one.call.arguments.text, result: "{}")
        let request = ModelRequest(
            dialog: [
                .message(ChatMessage(.user, one.before)), .calls([made]),
                .message(ChatMessage(.assistant, "It is so.")),
                .message(ChatMessage(.user, one.question)),
            ], tools: try ["area", one.call.tool].compactMap { try ToolLine.tools("filling-tools.jsonl")[$0] })
        let model = GuidedModel(
            model: WordModel(context: 4096), vectors: TextVectors(WordEmbedder()), logger: Logger(label: "test"))
        let calls = try await model.reply(to: request).calls
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(calls.map(\.operation) == one.calls.map(\.tool))
            #expect(calls.map(\.arguments) == one.calls.map(\.arguments))
        } when: {
            one.known != nil
        }
    }
}

/// What the model says where the examples of several tools are near each other.
struct ExampleLikelihoodTests {
    /// Finds one of the alternatives likelier than the others.
    private struct Preferring: TokenModel {
        let alternative: String
        let asked = Counter()

        func logProbabilities(of alternatives: [String], after prompt: Prompt) -> (
            scores: [AlternativeScore], usage: Usage
        ) {
            asked.add()
            let scores = alternatives.map {
                AlternativeScore(logProbability: $0.contains(alternative) ? -0.1 : -9, tokenCount: 1)
            }
            return (scores, Usage())
        }

        func render(_ messages: [ChatMessage]) -> Prompt { Prompt([]) }
        func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
            AsyncThrowingStream { $0.finish() }
        }
        func textWhenIdle(_ request: GenerationRequest) -> (text: String, usage: Usage) { ("", Usage()) }
        func tokenize(_ text: String, special: Bool) -> [TokenPiece] { [] }
        func tokenCount(of prompt: Prompt) -> Int { 0 }
        func describe() throws -> ModelDescription { throw CancellationError() }
        func infillPrompt(prefix: String, suffix: String) -> Prompt { Prompt([]) }
    }

    private func chosen(
        _ names: [String], scores: [Double], preferring name: String
    ) async throws -> String {
        let tools = try ToolLine.tools("choosing-tools.jsonl")
        let vectors = TextVectors(WordEmbedder())
        var calls: [FilledCall] = []
        for name in names {
            calls.append(try await FilledQuestion("When is it?", for: try #require(tools[name]), with: vectors).call)
        }
        let model = Preferring(alternative: name)
        var usage = Usage()
        let place = try await ExampleLikelihood(model: model, vectors: vectors, language: .english).chosen(
            0, of: calls, scores, question: "When is it?", usage: &usage)
        return "\(names[place]), asked \(model.asked.value)"
    }

    @Test func `the model decides among tools that are near each other and have examples`() async throws {
        #expect(
            try await chosen(["clock", "calendar"], scores: [2, 1.5], preferring: "calendar") == "calendar, asked 1")
        #expect(try await chosen(["clock", "calendar"], scores: [2, 1.5], preferring: "clock") == "clock, asked 1")
    }

    @Test func `it is not asked where one is far ahead, or only one has examples`() async throws {
        #expect(try await chosen(["clock", "calendar"], scores: [9, 1], preferring: "calendar") == "clock, asked 0")
        #expect(
            try await chosen(["clock", "get_weather"], scores: [2, 1.5], preferring: "get_weather") == "clock, asked 0")
        #expect(
            try await chosen(["get_weather", "clock"], scores: [2, 1.5], preferring: "clock") == "get_weather, asked 0")
    }
}
