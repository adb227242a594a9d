import Core
import Foundation
import LoopbackServer
import SquireClient
import SquireProtocol
import Testing

/// A plugin whose answer is megabytes that are hard to read.
@Suite(.timeLimit(.minutes(2)))
struct HostilePluginTests {
    private func document(server: String) -> JSONValue {
        [
            "openapi": "3.1.0", "info": ["title": "wx", "version": "1"], "servers": [["url": .string(server)]],
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
    }

    /// What a process has computed for so far, in seconds.
    private func processorTime(of pid: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name before it may hold anything.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
        let times = fields.dropFirst(11).prefix(2).compactMap { Double($0) }
        try #require(times.count == 2)
        return times.reduce(0, +) / 100
    }

    #if os(Linux)
        @Test func `others are answered while it is read, and nothing goes on when its askers have gone`() async throws
        {
            let body =
                Array(#"{"text": ""#.utf8) + [UInt8](String(repeating: "[a](", count: 1 << 20).utf8)
                + Array(#""}"#.utf8)
            let server = try await ScriptedServer { _ in
                .response("200 OK", headers: ["Content-Type: application/json"], body: body)
            }
            try await SquiredProcess.withDaemon { daemon in
                try await daemon.withClient { client in
                    _ = try await client.call(PluginRegister.self, .init(document: document(server: server.url)))
                }
                let asking = (0..<2).map { _ in
                    Task {
                        try await daemon.withClient { client in
                            _ = try await client.call(
                                AssistantAsk.self,
                                .init(message: "How is the weather in Oslo?", plugins: .named(["wx"])))
                        }
                    }
                }
                await server.receives("GET /w")
                for _ in 0..<10 {
                    try await daemon.withClient { client in
                        try await client.call(Ping.self, timeout: .seconds(10))
                        try await client.call(Status.self, timeout: .seconds(10))
                        try await client.call(PluginList.self, timeout: .seconds(10))
                    }
                    try await Task.sleep(for: .milliseconds(100))
                }
                for task in asking { task.cancel() }
                for task in asking { _ = await task.result }
                try await eventually {
                    let before = try processorTime(of: daemon.pid)
                    try await Task.sleep(for: .seconds(1))
                    return try processorTime(of: daemon.pid) - before < 0.3
                }
            }
            try await server.stop()
        }
    #endif
}
