import Core
import Foundation
import JSONRPC
import LoopbackServer
import SquireClient
import SquireProtocol
import Testing

@Suite("stopping", .timeLimit(.minutes(2)))
struct StopTests {
    /// Asks for more text than there is time for, and returns when the first of it has come.
    private func askAtLength(
        _ client: SquireClient, begun: AsyncStream<Void>.Continuation
    ) async throws -> AssistantAsk.Result {
        try await client.call(
            AssistantAsk.self,
            .init(
                message: "Write a very long story about a dragon and a lighthouse.", plugins: .named([]),
                sampling: .init(temperature: 0, maxTokens: 3000))
        ) { event in
            if event.type == .token { begun.yield() }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `an answer that is cut because the daemon stops is stored as cut, and given to its asker`(_ signal: Int32)
        async throws
    {
        try await withHome { home in
            let daemon = try await SquiredProcess.start(home: home, settings: ["SQUIRE_DAEMON_GRACE_SECONDS": "0"])
            let answer = try await daemon.withClient { client in
                let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
                async let answer = askAtLength(client, begun: continuation)
                for await _ in begun { break }
                #expect(await daemon.end(with: signal) == 0)
                return try await answer
            }
            #expect(answer.message.finishReason == .cancelled)
            #expect(!answer.message.text.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: daemon.socket))

            try await SquiredProcess.withDaemon(home: home) { again in
                let stored = try await again.withClient {
                    try await $0.call(ConversationGet.self, .init(conversation: answer.conversation))
                }
                #expect(stored.messages.count == 2)
                #expect(stored.messages.last?.text == answer.message.text)
                #expect(stored.messages.last?.finishReason == .cancelled)
            }
        }
    }

    @Test func `an answer that ends within the moment it is given is whole`() async throws {
        try await withHome { home in
            let daemon = try await SquiredProcess.start(home: home, settings: ["SQUIRE_DAEMON_GRACE_SECONDS": "60"])
            try await daemon.withClient { client in
                let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
                async let answer = client.call(
                    AssistantAsk.self,
                    .init(
                        message: "Write a very long story about a dragon and a lighthouse.", plugins: .named([]),
                        sampling: .init(temperature: 0, maxTokens: 40, ignoreEnd: true))
                ) { event in
                    if event.type == .token { continuation.yield() }
                }
                for await _ in begun { break }
                #expect(await daemon.end(with: SIGTERM) == 0)
                let message = try await answer.message
                #expect(message.finishReason == .length)
            }
        }
    }

    @Test(arguments: [false, true])
    func `a stop ends a daemon in time whose plugin hangs, or answers megabytes that are hard to read`(isHostile: Bool)
        async throws
    {
        let body =
            Array(#"{"text": ""#.utf8) + [UInt8](String(repeating: "[a](", count: 1 << 20).utf8) + Array(#""}"#.utf8)
        let server = try await ScriptedServer { _ in
            isHostile
                ? .response("200 OK", headers: ["Content-Type: application/json"], body: body) : .stall([])
        }
        try await withHome { home in
            let daemon = try await SquiredProcess.start(home: home)
            try await daemon.withClient { client in
                let document: JSONValue = [
                    "openapi": "3.1.0", "info": ["title": "wx", "version": "1"],
                    "servers": [["url": .string(server.url)]],
                    "paths": [
                        "/w": [
                            "get": [
                                "operationId": "weather", "summary": "The weather in a city.",
                                "parameters": [
                                    ["name": "city", "in": "query", "required": true, "schema": ["type": "string"]]
                                ],
                                "x-squire-examples": [
                                    ["question": "How is the weather in Oslo?", "arguments": ["city": "Oslo"]],
                                    ["question": "Tell me the weather in Rome.", "arguments": ["city": "Rome"]],
                                ],
                            ]
                        ]
                    ],
                ]
                _ = try await client.call(PluginRegister.self, .init(document: document))
                let asking = Task {
                    try await client.call(
                        AssistantAsk.self, .init(message: "How is the weather in Oslo?", plugins: .named(["wx"])))
                }
                await server.receives("GET /w")
                let start = ContinuousClock.now
                let status = await daemon.end(with: SIGTERM)
                // By itself or by the watch: three seconds of grace, six more, and two to close what hangs.
                #expect(.now - start < .seconds(14))
                #expect(status == 0 || daemon.log.contains("not stopped in time"))
                _ = await asking.result
            }
        }
        try await server.stop()
    }

    @Test func `a request that its asker cancels is answered with -32800, and what there was of the answer is stored`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            let socket = try RawSocket(connectingTo: daemon.socket)
            try socket.send(
                #"{"jsonrpc":"2.0","id":7,"method":"assistant/ask","params":{"message":"Write a very long story about a dragon and a lighthouse.","plugins":[],"sampling":{"temperature":0,"maxTokens":3000}}}"#
            )
            _ = try socket.read(until: #""type":"token""#)
            try socket.send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}"#)
            let rest = try socket.read(until: #""error""#)
            #expect(rest.contains("-32800"))
            let done = try #require(rest.range(of: #""type":"done""#)), error = try #require(rest.range(of: "-32800"))
            #expect(done.lowerBound < error.lowerBound)
            try await expectOneCutAnswer(daemon)
        }
    }

    @Test func `an asker that vanishes leaves its answer stored as cut, and the model to others`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            do {
                let socket = try RawSocket(connectingTo: daemon.socket)
                try socket.send(
                    #"{"jsonrpc":"2.0","id":7,"method":"assistant/ask","params":{"message":"Write a very long story about a dragon and a lighthouse.","plugins":[],"sampling":{"temperature":0,"maxTokens":3000}}}"#
                )
                _ = try socket.read(until: #""type":"token""#)
            }
            try await daemon.withClient { client in
                let more = try await client.call(
                    ModelComplete.self, .init(prompt: "Once", sampling: .init(maxTokens: 2)))
                #expect(more.usage.completionTokens == 2)
                try await eventually { try await client.call(Status.self).counts.messages == 2 }
            }
            try await expectOneCutAnswer(daemon)
        }
    }

    private func expectOneCutAnswer(_ daemon: SquiredProcess) async throws {
        try await daemon.withClient { client in
            let conversation = try #require(try await client.call(ConversationList.self, .init()).conversations.first)
            let messages = try await client.call(ConversationGet.self, .init(conversation: conversation.id)).messages
            #expect(messages.count == 2)
            #expect(messages.last?.finishReason == .cancelled)
            #expect(messages.last?.text.isEmpty == false)
        }
    }
}
