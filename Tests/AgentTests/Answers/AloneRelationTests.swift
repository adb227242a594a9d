import Core
import DataFiles
import Testing

@testable import Agent
@testable import Understanding

/// How a small model's sentences relate to the message, and what the person said of himself. The cases are lines of
/// `Data/alone-sentences.jsonl`, `Data/recalls.jsonl` and `Data/own-things.jsonl`.
struct AloneRelationTests {
    struct Sentence: Decodable, Sendable, CustomTestStringConvertible {
        var kind: RequestKind
        var message: String
        var sentence: String
        var holds: Bool

        var testDescription: String { sentence }
    }

    struct Recall: Decodable, Sendable, CustomTestStringConvertible {
        var question: String
        var isOfFirst: Bool?

        var testDescription: String { question }
    }

    struct Own: Decodable, Sendable, CustomTestStringConvertible {
        var question: String
        var isAsked: Bool
        var told: String?

        var testDescription: String { question }
    }

    private static func sentences() throws -> [Sentence] {
        try DataLines.read("alone-sentences.jsonl", beside: #filePath)
    }
    private static func recalls() throws -> [Recall] { try DataLines.read("recalls.jsonl", beside: #filePath) }
    private static func own() throws -> [Own] { try DataLines.read("own-things.jsonl", beside: #filePath) }

    @Test func `there are cases`() throws {
        #expect(try Self.sentences().count >= 12 && Self.recalls().count >= 10 && Self.own().count >= 8)
    }

    @Test(arguments: try sentences())
    func `small talk, an answer to what was told and a rewritten text say nothing of another matter`(one: Sentence)
        throws
    {
        let relation = try #require(AloneRelation(one.kind, message: one.message, said: [one.message], in: .english))
        #expect(relation.holds(for: one.sentence) == one.holds)
    }

    @Test func `a translation and an explanation have words of their own`() {
        #expect(AloneRelation(.rewrite, message: "translate good morning", said: [], in: .english) == nil)
        #expect(AloneRelation(.explain, message: "why is the sky blue", said: [], in: .english) == nil)
    }

    @Test(arguments: try recalls())
    func `a question for one's own messages is one, and a question about a matter is none`(one: Recall) {
        #expect(RecallQuestion(one.question, in: .english)?.isOfFirst == one.isOfFirst)
    }

    @Test(arguments: try own())
    func `a thing of one's own is asked for, and found where it was told in the same words`(one: Own) {
        let words = OwnWords(in: .english)
        #expect(words.isAskedFor(one.question) == one.isAsked)
        if let told = one.told { #expect(!words.pairs(in: told).isDisjoint(with: words.pairs(in: one.question))) }
    }

    @Test func `a name in brackets or quotation marks is held against the conversation as any other`() {
        var gate = AloneGate(given: ["I was born in Lagos"], check: .figuresAndNames)
        #expect(gate.add("It is also called \"Laguna\" there. ") + gate.finish() == "")
        #expect(gate.keptBack)
    }
}
