import Core
import Foundation
import LoopbackServer
import SquireClient
import SquireProtocol
import Testing

/// Plugins that are registered while the daemon runs.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct PluginQuestionTests {
    private func document(server: String) -> JSONValue {
        [
            "openapi": "3.1.0", "info": ["title": "Parcels", "version": "1"], "servers": [["url": .string(server)]],
            "paths": [
                "/parcels/{number}": [
                    "get": [
                        "operationId": "trackParcel",
                        "summary": "Tells where a parcel is",
                        "description":
                            "Tracks a parcel or package by its tracking number: where it is now and when it arrives.",
                        "parameters": [
                            [
                                "name": "number", "in": "path", "required": true, "description": "The tracking number.",
                                "schema": ["type": "string"],
                            ]
                        ],
                    ]
                ]
            ],
        ]
    }

    private static func answer(_ status: String, _ body: String) -> ScriptedServer.Reply {
        .response(status, headers: ["Content-Type: application/json"], body: Array(body.utf8))
    }

    private func with(
        reply: @escaping @Sendable (String) -> ScriptedServer.Reply, _ body: (SquireClient) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer(reply: reply)
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.call(PluginRegister.self, .init(document: document(server: server.url)))
                try await body(client)
            }
        }
        try await server.stop()
    }

    private let question = "Where is my parcel with the tracking number ZX81447?"

    @Test func `a plugin registered while the daemon runs is used by the next question`() async throws {
        let reply: @Sendable (String) -> ScriptedServer.Reply = { request in
            request.hasPrefix("GET /parcels/ZX81447 ")
                ? Self.answer("200 OK", #"{"city": "Antwerp", "arrivesInDays": 3}"#)
                : Self.answer("404 Not Found", #"{"error": "no parcel of that number"}"#)
        }
        try await with(reply: reply) { client in
            let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
            #expect(answer.steps.map(\.operation) == ["trackParcel"])
            #expect(answer.steps.first?.arguments == ["number": "ZX81447"])
            #expect(answer.steps.first?.status == .ok)
            #expect(answer.text.contains("Antwerp"))
        }
    }

    @Test(arguments: [
        ("500 Oops", #"{"error": "the depot is closed"}"#, "the depot is closed"),
        ("400 Bad Request", #"{"message": "bad number"}"#, "bad number"), ("200 OK", "<html>", "not JSON"),
    ])
    func `a tool that fails leads to an answer that says what failed, and to no made-up one`(
        status: String, body: String, says: String
    ) async throws {
        try await with(reply: { _ in Self.answer(status, body) }) { client in
            let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
            #expect(!answer.steps.isEmpty && answer.steps.count <= 2)
            #expect(answer.steps.allSatisfy { $0.status == .error })
            #expect(answer.text.lowercased().contains(says.lowercased()))
            #expect(!answer.text.contains("HTTP") && !answer.text.contains("trackParcel") || says == "not JSON")
            #expect(!answer.text.contains("arrive"))
        }
    }

    @Test func `a trace tells what was weighed and, where the model spoke, what it read and what came of it`()
        async throws
    {
        try await with(reply: { _ in Self.answer("200 OK", #"{"city": "Antwerp", "arrivesInDays": 3}"#) }) { client in
            let plain = try await client.call(AssistantAsk.self, .init(message: question))
            #expect(plain.trace == nil)
            let entries = try #require(
                try await client.call(AssistantAsk.self, .init(message: question, trace: true)).trace)
            let route = try #require(
                entries.first { $0.stage == "route" && $0.output?.hasSuffix("trackParcel") == true })
            #expect(route.prompt == question && route.candidates?.contains { $0.text == "no tool" } == true)
            let poem = "Write a poem about Antwerp."
            let spoken = try #require(
                try await client.call(AssistantAsk.self, .init(message: poem, plugins: .named([]), trace: true)).trace)
            #expect(spoken.contains { $0.stage == "generate" && $0.prompt.contains("Antwerp") && $0.output != "" })
        }
    }

    @Test func `an API that is not there is named in the answer`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.call(PluginRegister.self, .init(document: document(server: "http://127.0.0.1:1")))
                let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
                #expect(answer.text.contains("127.0.0.1"))
                #expect(answer.steps.last?.status == .error)
            }
        }
    }

    @Test func `the almanac's server is started when it is needed, and again when it was killed`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                func convert() async throws -> JSONValue {
                    try await client.call(
                        PluginCall.self,
                        .init(
                            name: "almanac", operation: "convertUnits",
                            arguments: ["value": 1, "from": "mile", "to": "foot"])
                    ).result
                }
                #expect(try await convert()["result"]?.number == 5280)
                let found = try #require(try children(of: daemon.pid).first)
                kill(found, SIGKILL)
                // A signal is delivered when the process next runs, so that the killed server may answer once more; and a
                // listing made while a process ends may leave others out (proc(5), "children").
                var again: Int32?
                for _ in 0..<100 where again == nil {
                    #expect(try await convert()["result"]?.number == 5280)
                    again = try? children(of: daemon.pid).first { $0 != found }
                    if again == nil { try await Task.sleep(for: .milliseconds(20)) }
                }
                let restarted = try #require(again)
                await daemon.end(with: SIGTERM)
                // It ends with its daemon.
                #expect(kill(restarted, 0) != 0)
            }
        }
    }

    /// Linux lists a thread's children (proc(5), `/proc/PID/task/TID/children`).
    private func children(of pid: Int32) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").flatMap { task in
            try String(contentsOfFile: "/proc/\(pid)/task/\(task)/children", encoding: .utf8).split(separator: " ")
                .compactMap { Int32($0) }
        }
    }
}
