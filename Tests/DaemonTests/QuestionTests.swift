import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// Questions to a real daemon with the default model and the almanac, as people ask them.
@Suite(.serialized, .timeLimit(.minutes(15)))
struct QuestionTests {
    private struct Case: Sendable {
        var question: String
        var operation: String
        var arguments: [String: JSONValue]
        /// What the answer must say; nil takes the operation's own figure, named by the member of its result.
        var says: String?
        var member: String?
    }

    private static let needing = [
        Case(
            question: "What time is it in Tokyo?", operation: "worldTime", arguments: ["city": "Tokyo"], member: "time"),
        Case(
            question: "How many kilometres is a marathon of 26.2 miles?", operation: "convertUnits",
            arguments: ["value": 26.2, "from": "mile", "to": "kilometer"], says: "42.1"),
        Case(
            question: "When does the sun set in Oslo on 2026-06-21?", operation: "sun",
            arguments: ["place": "Oslo", "date": "2026-06-21"], says: "22:4"),
        Case(
            question: "What date is it 90 days after 2026-01-15?", operation: "addToDate",
            arguments: ["date": "2026-01-15", "amount": 90, "unit": "days"], says: "15 April 2026"),
        Case(
            question: "How many days are there from 2026-01-01 to 2026-12-25?", operation: "daysBetween",
            arguments: ["from": "2026-01-01", "to": "2026-12-25"], says: "358"),
        Case(
            question: "What day of the week was 1969-07-20?", operation: "weekday", arguments: ["date": "1969-07-20"],
            says: "Sunday"),
        Case(
            question: "Convert 100 degrees fahrenheit to celsius", operation: "convertUnits",
            arguments: ["value": 100, "from": "fahrenheit", "to": "celsius"], says: "37.7"),
        Case(
            question: "How many hours is Sydney ahead of London?", operation: "timeDifference",
            arguments: ["from": "Sydney", "to": "London"], says: "hours"),
        Case(
            question: "If it is 9 am in London, what time is it in New York?", operation: "convertTime",
            arguments: ["time": "9 am", "from": "London", "to": "New York"], says: "0"),
        Case(question: "When is the next full moon?", operation: "moon", arguments: [:], says: "full moon"),
    ]

    private static let needingNone = [
        "Tell me a joke about cats", "Who wrote Hamlet?", "What is the capital of Italy?", "Write a haiku about autumn",
        "Explain what a black hole is", "Give me three tips for sleeping better", "How does a bicycle stay upright?",
        "When was the French revolution?", "Why is the sun hot?", "What is the time complexity of quicksort?",
    ]

    private func withClient(_ body: (SquireClient) async throws -> Void) async throws {
        try await SquiredProcess.withDaemon { daemon in try await daemon.withClient { try await body($0) } }
    }

    private func ask(_ client: SquireClient, _ question: String) async throws -> WireMessage {
        let parameters = AssistantAsk.Parameters(message: question, sampling: WireSampling(seed: 1, maxTokens: 32))
        return try await client.call(AssistantAsk.self, parameters).message
    }

    @Test func `of ten questions that need the almanac, at least eight get the right call and its figure`() async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                var right = 0
                var table: [String] = []
                for test in Self.needing {
                    let answer = try await ask(client, test.question)
                    let step = answer.steps.last
                    let figure = test.says ?? test.member.flatMap { step?.result?[$0]?.string } ?? ""
                    let isRight =
                        step?.status == .ok && step?.operation == test.operation
                        && step?.arguments == .object(JSONObject(test.arguments))
                        && answer.text.contains(figure)
                    right += isRight ? 1 : 0
                    table.append(Self.row(isRight, test.question, step, answer.text))
                }
                print((["", "Needing a tool: \(right) of \(Self.needing.count)"] + table).joined(separator: "\n"))
                #expect(right >= 8)
            }
        }
    }

    @Test func `of ten questions that need no tool, at least nine call none`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                var right = 0
                var table: [String] = []
                for question in Self.needingNone {
                    let answer = try await ask(client, question)
                    let isRight = answer.steps.isEmpty && !answer.text.isEmpty
                    right += isRight ? 1 : 0
                    table.append(Self.row(isRight, question, answer.steps.last, answer.text))
                }
                print((["", "Needing none: \(right) of \(Self.needingNone.count)"] + table).joined(separator: "\n"))
                #expect(right >= 9)
            }
        }
    }

    private static func row(_ isRight: Bool, _ question: String, _ step: WireStep?, _ answer: String) -> String {
        let call = step.map { "\($0.operation)(\($0.arguments.text))" } ?? "–"
        let line = answer.replacing("\n", with: " ")
        return "\(isRight ? "✓" : "✗") | \(question) | \(call) | \(line.prefix(90))"
    }

    @Test func `a question goes on from the one before it`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let first = try await client.call(AssistantAsk.self, .init(message: "What time is it in Cairo?"))
                let second = try await client.call(
                    AssistantAsk.self, .init(message: "And in Lima?", conversation: first.conversation))
                #expect(second.conversation == first.conversation)
                #expect(second.message.steps.first?.operation == "worldTime")
                #expect(second.message.steps.first?.arguments == ["city": "Lima"])
            }
        }
    }

    @Test func `two questions in one make two calls, and maxSteps bounds them`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let question = "What time is it in Rome, and how many feet are 3 metres?"
                let both = try await client.call(AssistantAsk.self, .init(message: question)).message
                #expect(both.steps.map(\.operation) == ["worldTime", "convertUnits"])
                #expect(both.text.contains("9.84"))
                let one = try await client.call(AssistantAsk.self, .init(message: question, maxSteps: 1)).message
                #expect(one.steps.count == 1)
                #expect(one.finishReason == .steps)
            }
        }
    }

    @Test func `half questions in one message go on from each other`() async throws {
        try await withClient { client in
            let answer = try await ask(client, "How many feet are 3 metres? And 5 metres?")
            #expect(answer.steps.map(\.operation) == ["convertUnits", "convertUnits"])
            for (step, value) in zip(answer.steps, [3, 5]) {
                #expect(step.arguments == ["value": .integer(value), "from": "meter", "to": "foot"])
            }
            let shares = try await ask(client, "What is 15% of 60? And 15% of 80?")
            #expect(shares.text.contains("9") && shares.text.contains("12"))
        }
    }

    @Test func `where somebody is makes no call of what is asked for another place`() async throws {
        try await withClient { client in
            let answer = try await ask(client, "I'm in Berlin. What time is it in Tokyo? Thanks!")
            #expect(answer.steps.map(\.arguments) == [["city": "Tokyo"]])
        }
    }

    @Test(arguments: [
        "What time is it in Rome and when does the train to Naples leave?",
        "What time is it in Rome, and who won the world cup?",
    ])
    func `a part that nothing answers is said to be unanswered beside the rest`(question: String) async throws {
        try await withClient { client in
            let answer = try await ask(client, question)
            #expect(answer.steps.map(\.operation) == ["worldTime"])
            #expect(answer.text.contains("Rome, Italy") && answer.text.contains("Nothing here answers"))
            let whole = try await ask(client, "What time is it in Rome and how many feet are 3 metres?")
            #expect(whole.steps.count == 2 && !whole.text.contains("Nothing here answers"))
        }
    }

    @Test func `no plugin allowed means no call`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let answer = try await client.call(
                    AssistantAsk.self,
                    .init(
                        message: "What time is it in Tokyo?", plugins: .named([]), sampling: WireSampling(maxTokens: 8))
                )
                #expect(answer.message.steps.isEmpty)
            }
        }
    }
}
