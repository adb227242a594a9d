import Core
import DataFiles
import Testing

@testable import Agent
@testable import Understanding

/// What an answer may say was done. The cases are lines of `Data/claims.jsonl` and `Data/done-questions.jsonl`.
struct ProofTests {
    struct Claim: Decodable, Sendable, CustomTestStringConvertible {
        var sentence: String
        var question: String?
        var verb: String?

        var testDescription: String { sentence }
    }

    struct Asked: Decodable, Sendable, CustomTestStringConvertible {
        var question: String
        var verb: String?
        var asksSquire: Bool?

        var testDescription: String { question }
    }

    private static func claims() throws -> [Claim] { try DataLines.read("claims.jsonl", beside: #filePath) }
    private static func questions() throws -> [Asked] { try DataLines.read("done-questions.jsonl", beside: #filePath) }

    @Test func `there are cases`() throws {
        #expect(try Self.claims().count >= 25 && Self.questions().count >= 18)
    }

    @Test(arguments: try claims())
    func `a sentence that says that something was done is found, and no other`(one: Claim) {
        #expect(DoneClaims(question: one.question ?? "Hello.", in: .english).claim(in: one.sentence) == one.verb)
    }

    @Test(arguments: try questions())
    func `a question whether something was done is one, and what plugins know better is none`(one: Asked) {
        let asked = DoneQuestion(one.question, in: .english)
        #expect(asked?.asksSquire == one.asksSquire)
        if one.asksSquire != nil { #expect(asked?.verb == one.verb) }
    }

    private static let order = Tool(
        plugin: "store", operation: "placeOrder", description: "Orders an item.", parameters: [:], parameterOrder: [],
        isReadOnly: false)
    private static let stock = Tool(
        plugin: "store", operation: "stockOf", description: "Tells what is in stock.", parameters: [:],
        parameterOrder: [], isReadOnly: true)

    private func step(_ tool: Tool, _ status: Step.Status) -> Step {
        Step(plugin: tool.plugin, operation: tool.operation, arguments: [:], status: status)
    }

    @Test func `only a call that changes something, does that, and succeeded is a proof`() {
        let claims = DoneClaims(question: "Get me a chair", in: .english)
        let tools = [Self.order, Self.stock]
        #expect(claims.isProved("order", by: [step(Self.order, .ok)], tools))
        #expect(!claims.isProved("order", by: [step(Self.order, .denied)], tools))
        #expect(!claims.isProved("order", by: [step(Self.order, .error)], tools))
        #expect(!claims.isProved("order", by: [step(Self.stock, .ok)], tools))
        #expect(!claims.isProved("send", by: [step(Self.order, .ok)], tools))
        #expect(!claims.isProved("order", by: [], tools))
    }

    @Test func `a gate keeps back what no call did, whatever the model's size, and passes the rest as it is`() {
        let claims = DoneClaims(question: "Order a chair", in: .english)
        var gate = AloneGate(given: [], check: .doings, claims: claims)
        var said = gate.add("A chair is a seat for 1 person in Paris. I have ordered a chair for you. ")
        said += gate.add("It has four legs.")
        said += gate.finish()
        #expect(said == "A chair is a seat for 1 person in Paris. It has four legs.")
        #expect(gate.unproved == "order")
        var open = AloneGate(given: [], check: .nothing, claims: claims)
        #expect(open.add("I have ordered it. ") == "I have ordered it. ")
    }
}

/// Which value an API meant. The cases are lines of `Data/corrections.jsonl`.
struct SpellingCorrectionTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var error: String
        var arguments: JSONValue
        var corrected: JSONValue?

        var testDescription: String { error }
    }

    private static func cases() throws -> [Case] { try DataLines.read("corrections.jsonl", beside: #filePath) }

    @Test(arguments: try cases())
    func `one value that is nearly what was said is taken, and no other`(one: Case) {
        let step = Step(
            plugin: "p", operation: "op", arguments: one.arguments, status: .error, error: one.error,
            errorKind: .rejected)
        #expect(SpellingCorrection(of: step, in: .english)?.arguments == one.corrected)
    }

    @Test func `only a refusal proposes something`() throws {
        #expect(try Self.cases().count >= 12)
        for kind in [ToolFailureKind.serverFailed, .argumentsInvalid, .unanswered, .unreadable, .unreachable] {
            let step = Step(
                plugin: "p", operation: "op", arguments: ["place": "Berln"], status: .error,
                error: "did you mean Berlin?", errorKind: kind)
            #expect(SpellingCorrection(of: step, in: .english) == nil)
        }
    }
}

struct LongTextTests {
    @Test func `an instruction before or behind a text is told from it`() {
        let text = String(repeating: "The ship sailed on. ", count: 40)
        #expect(LongText("Summarise this\n\n\(text)", in: .english)?.instruction == "Summarise this")
        #expect(LongText("\(text)\n\nWhat is this about?", in: .english)?.instruction == "What is this about?")
        #expect(LongText("Sum this up:\n\(text)", in: .english)?.text == text)
        #expect(LongText("Translate this\n\n\(text)", in: .english) == nil)
        #expect(LongText(text, in: .english) == nil)
        #expect(LongText("Summarise this", in: .english) == nil)
    }

    @Test(arguments: [50, 200, 5000])
    func `parts hold all of a text, and none is longer than it may be`(bytes: Int) {
        let lines = (1...60).map { "Line \($0) tells of the ship. It sailed on to the north." }
        let text = LongText(
            instruction: "", text: lines.joined(separator: "\n") + "\n" + String(repeating: "é", count: 900))
        let parts = text.parts(bytes: bytes, in: .english)
        #expect(parts.allSatisfy { $0.utf8.count <= bytes + 1 })
        let words = { (text: String) in text.filter { !$0.isWhitespace } }
        #expect(words(parts.joined()) == words(text.text))
    }

    @Test func `the sentences that say most of a text are its own, whole, and no headings or rows`() {
        let text = """
            # The ferry

            The ferry crosses the sound twice a day and carries cars. The ferry
            was built in a yard that is gone. It was slow.

            | a | b |

            Bread is sold in the town near the harbour on some days.
            """
        let best = CentralSentences(of: text, in: .english).best(1, of: text).map(\.sentence)
        #expect(best == ["The ferry crosses the sound twice a day and carries cars."])
        let all = CentralSentences(of: text, in: .english).best(9, of: text).map(\.sentence)
        #expect(all.count == 3 && all.allSatisfy { !$0.hasPrefix("#") && !$0.contains("|") && !$0.hasPrefix("It") })
    }
}
