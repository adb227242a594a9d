import Core
import Foundation
import ScriptedModels
import Testing

@testable import Agent
@testable import Understanding

struct SummaryWriterTests {
    private let path = [
        (Role.user, "My boat is called Kestrel. How do I clean her hull?"),
        (.assistant, "Scrub the hull with a soft brush and fresh water."), (.user, "How often should that be done?"),
        (.assistant, "Twice a year is enough in cold water."),
    ].enumerated().map { index, message in
        Message(
            id: "\(index)", parent: nil, role: message.0, text: message.1, createdAt: Date(timeIntervalSince1970: 0))
    }

    private func summary(_ says: String, after previous: String? = nil, covering count: Int = 0) async throws -> String
    {
        let model = WordModel(context: 2048, says: says)
        return try await SummaryWriter(model: model, counts: TokenCounts(model: model)).summary(
            of: path, after: previous, covering: count)
    }

    @Test func `what the user said of himself stands word for word, then what the model noted`() async throws {
        #expect(
            try await summary("They spoke of cleaning a hull. It is to be done twice a year.")
                == "You said: My boat is called Kestrel.\nThey spoke of cleaning a hull. It is to be done twice a year."
        )
    }

    @Test func `a sentence with a figure or a name that no message has is left out, and one that was cut`() async throws
    {
        let summary = try await summary(
            "They spoke of the boat Osprey. It costs 400 euros. They spoke of hulls. And then the")
        #expect(summary == "You said: My boat is called Kestrel.\nThey spoke of hulls.")
    }

    @Test func `where nothing the model says holds, the user's first sentences stand`() async throws {
        #expect(
            try await summary("It costs 400 euros.")
                == "You said: My boat is called Kestrel.\nYou asked: How often should that be done?")
    }

    @Test func `an earlier summary goes on into the next`() async throws {
        let first = "You said: My boat is called Kestrel.\nThey spoke of hulls."
        #expect(try await summary("It costs 400 euros.", after: first, covering: 2) == first)
    }

    @Test(arguments: [
        ("My boat is called Kestrel.", true), ("I live in Leeds", true), ("What is my name?", false),
        ("Tell me a joke.", false), ("We need a quiet anchorage.", true),
    ])
    func `statements are told from questions and requests`(sentence: String, isOne: Bool) {
        #expect(Statements(language: .english).isOne(sentence) == isOne)
    }
}
