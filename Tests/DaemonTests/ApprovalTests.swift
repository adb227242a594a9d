import Core
import Foundation
import LoopbackServer
import SquireClient
import SquireProtocol
import Synchronization
import Testing

/// Operations that change something, as the socket asks about them.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ApprovalTests {
    private func document(server: String, summary: String = "Adds an item to the shopping list") -> JSONValue {
        [
            "openapi": "3.1.0", "info": ["title": "Shopping", "version": "1"], "servers": [["url": .string(server)]],
            "paths": [
                "/items/{item}": [
                    "post": [
                        "operationId": "addItem", "summary": .string(summary),
                        "description": "Adds an item to my shopping list, such as milk or bread.",
                        "parameters": [
                            [
                                "name": "item", "in": "path", "required": true, "description": "What to buy.",
                                "schema": ["type": "string"],
                            ]
                        ],
                    ]
                ]
            ],
        ]
    }

    private let question = AskParameters(message: "Add milk to my shopping list")

    /// The requests the plugin's server got while the body ran.
    private func requests(during body: (SquireClient, String) async throws -> Void) async throws -> [String] {
        let requests = Mutex<[String]>([])
        let server = try await ScriptedServer { request in
            requests.withLock { $0.append(String(request.prefix { $0 != "\r" })) }
            return .response(
                "200 OK", headers: ["Content-Type: application/json"], body: Array(#"{"added": "milk"}"#.utf8))
        }
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.registerPlugin(PluginRegisterParameters(document: document(server: server.url)))
                try await body(client, server.url)
            }
        }
        try await server.stop()
        return requests.withLock { $0 }
    }

    @Test("what changes something is called when the user agrees, and he is told what and why")
    func allowed() async throws {
        let asked = Mutex<[ToolApproveParameters]>([])
        let made = try await requests { client, _ in
            let answer = try await client.ask(
                question,
                approve: { call in
                    asked.withLock { $0.append(call) }
                    return .allow
                })
            #expect(answer.message.steps.map(\.status) == [.ok])
        }
        #expect(made.count == 1 && made[0].hasPrefix("POST /items/milk"))
        let call = asked.withLock { $0.first }
        #expect(call?.operation == "addItem")
        #expect(call?.arguments == ["item": "milk"])
        #expect(call?.reason.contains("change") == true)
    }

    @Test("denied, it is not called, nor tried again, and the answer says so")
    func denied() async throws {
        let count = Mutex(0)
        let made = try await requests { client, _ in
            let answer = try await client.ask(
                question,
                approve: { _ in
                    count.withLock { $0 += 1 }
                    return .deny
                })
            #expect(answer.message.steps.map(\.status) == [.denied])
            #expect(answer.message.text == "Nothing was done for “add item”: you did not agree.")
            // Who answers no requests has not agreed.
            let other = try await client.ask(question)
            #expect(other.message.steps.map(\.status) == [.denied])
            #expect(other.message.text.contains("it needs your consent, and nobody could be asked"))
        }
        #expect(made.isEmpty)
        #expect(count.withLock { $0 } == 1)
    }

    @Test("allowed for good, it is not asked about again until the plugin's document is another one")
    func always() async throws {
        let count = Mutex(0)
        let made = try await requests { client, url in
            let approve: @Sendable (ToolApproveParameters) async throws -> ApprovalDecision = { _ in
                count.withLock { $0 += 1 }
                return .always
            }
            _ = try await client.ask(question, approve: approve)
            _ = try await client.ask(question, approve: approve)
            #expect(count.withLock { $0 } == 1)
            _ = try await client.registerPlugin(
                PluginRegisterParameters(document: document(server: url, summary: "Adds an item to the list")))
            _ = try await client.ask(question, approve: approve)
            #expect(count.withLock { $0 } == 2)
        }
        #expect(made.count == 3)
    }
}
