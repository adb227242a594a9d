import Core
import Foundation
import LoopbackServer
import SquireClient
import SquireProtocol
import Synchronization
import Testing

/// Plugins whose document gives no example questions.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct UntaughtPluginTests {
    private static func operation(_ name: String, _ summary: String, _ parameters: [(String, String, String)])
        -> JSONValue
    {
        [
            "get": [
                "operationId": .string(name), "summary": .string(summary),
                "parameters": .array(
                    parameters.map { name, type, description in
                        [
                            "name": .string(name), "in": "query", "required": true,
                            "description": .string(description), "schema": ["type": .string(type)],
                        ]
                    }),
            ]
        ]
    }

    private static let paths: JSONValue = [
        "/forecast": operation(
            "getForecast", "The weather forecast of a city.", [("city", "string", "The city.")]),
        "/population": operation(
            "getPopulation", "How many people live in a country.", [("country", "string", "The country.")]),
        "/bmi": operation(
            "bodyMassIndex", "Body mass index of a person.",
            [("height_m", "number", "Height in metres."), ("weight_kg", "number", "Weight in kilograms.")]),
    ]

    private func with(_ body: (SquireClient) async throws -> Void) async throws {
        let server = try await ScriptedServer { _ in
            .response("200 OK", headers: ["Content-Type: application/json"], body: Array(#"{"value": 5519594}"#.utf8))
        }
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let document: JSONValue = [
                    "openapi": "3.1.0", "info": ["title": "Everyday", "version": "1"],
                    "servers": [["url": .string(server.url)]], "paths": Self.paths,
                ]
                _ = try await client.call(PluginRegister.self, .init(document: document))
                try await body(client)
            }
        }
        try await server.stop()
    }

    private func calls(_ steps: [WireStep]) -> Set<String> {
        Set(steps.map { "\($0.operation) \($0.arguments.text)" })
    }

    @Test
    func
        `a question that comes before 300 operations are indexed is answered, says so, and the rest is indexed after it`()
        async throws
    {
        // What was embedded once is known to every daemon of this machine.
        let run = UUID().uuidString.prefix(8)
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let paths = (0..<300).map { number in
                    (
                        "/\(number)",
                        number == 299
                            ? Self.operation(
                                "getPopulation", "How many people live in a country.",
                                [("country", "string", "The country.")])
                            : Self.operation("list\(number)", "Lists the orders of shop \(number) in \(run).", [])
                    )
                }
                let document: JSONValue = [
                    "openapi": "3.1.0", "info": ["title": "Many", "version": "1"],
                    "servers": [["url": "http://127.0.0.1:9"]],
                    "paths": .object(JSONObject(paths)),
                ]
                _ = try await client.call(PluginRegister.self, .init(document: document))
                let told = Mutex<[AssistantEvent.Parameters]>([])
                let answer = try await client.call(
                    AssistantAsk.self, .init(message: "How many people live in Finland?", plugins: .named(["many"]))
                ) { event in
                    if event.type == .progress { told.withLock { $0.append(event) } }
                }
                // Its words find it.
                #expect(answer.message.steps.first?.operation == "getPopulation")
                #expect(answer.note?.contains("operations were indexed") == true)
                #expect(told.withLock { $0.first?.total ?? 0 } >= 300)
                try await eventually { try await client.call(Status.self).indexing == nil }
                let later = try await client.call(
                    AssistantAsk.self, .init(message: "How many people live in Norway?", plugins: .named(["many"])))
                #expect(later.note == nil)
            }
        }
    }

    @Test func `are called beside the almanac, with what the question gives, for each thing it asks`() async throws {
        try await with { client in
            for (question, wanted) in [
                ("How many people live in Finland?", [#"getPopulation {"country":"Finland"}"#]),
                (
                    "Work out my BMI: I am 168 cm tall and weigh 61.5 kg.",
                    [#"bodyMassIndex {"height_m":1.68,"weight_kg":61.5}"#]
                ),
                (
                    "What's the weather in Bergen and in Naples?",
                    [#"getForecast {"city":"Bergen"}"#, #"getForecast {"city":"Naples"}"#]
                ),
                (
                    "What time is it in Oslo and how many people live in Norway?",
                    [#"worldTime {"city":"Oslo"}"#, #"getPopulation {"country":"Norway"}"#]
                ),
            ] {
                let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
                #expect(calls(answer.steps) == Set(wanted), "\(question)")
            }
        }
    }

    @Test func `are called again for another place in the next question, and not for what none of them is for`()
        async throws
    {
        try await with { client in
            let first = try await client.call(AssistantAsk.self, .init(message: "What is the weather in Lyon?"))
            #expect(calls(first.message.steps) == [#"getForecast {"city":"Lyon"}"#])
            let second = try await client.call(
                AssistantAsk.self, .init(message: "And in Paris?", conversation: first.conversation))
            #expect(calls(second.message.steps) == [#"getForecast {"city":"Paris"}"#])
            for question in ["Tell me a joke.", "Who wrote Hamlet?", "Hello, how are you?"] {
                let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
                #expect(answer.steps.isEmpty, "\(question)")
            }
        }
    }
}
