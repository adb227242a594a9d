import Core
import Foundation
import JSONRPC
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

    private let question = AssistantAsk.Parameters(message: "Add milk to my shopping list")

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
                _ = try await client.call(PluginRegister.self, .init(document: document(server: server.url)))
                try await body(client, server.url)
            }
        }
        try await server.stop()
        return requests.withLock { $0 }
    }

    @Test func `what changes something is called when the user agrees, and he is told what and why`() async throws {
        let asked = Mutex<[ToolApprove.Parameters]>([])
        let made = try await requests { client, _ in
            let answer = try await client.call(
                AssistantAsk.self, question,
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
        #expect(call?.title == "Shopping" && call?.method == "POST" && call?.path == "/items/{item}")
        #expect(call?.server?.hasPrefix("http://127.0.0.1:") == true)
    }

    @Test func `denied, it is not called, nor tried again, and the answer says so`() async throws {
        let count = Mutex(0)
        let made = try await requests { client, _ in
            let answer = try await client.call(
                AssistantAsk.self, question,
                approve: { _ in
                    count.withLock { $0 += 1 }
                    return .deny
                })
            #expect(answer.message.steps.map(\.status) == [.denied])
            #expect(answer.message.text == "Nothing was added: you did not agree.")
            // Who answers no requests has not agreed.
            let other = try await client.call(AssistantAsk.self, question)
            #expect(other.message.steps.map(\.status) == [.denied])
            #expect(other.message.text.contains("it needs your consent, and nobody could be asked"))
        }
        #expect(made.isEmpty)
        #expect(count.withLock { $0 } == 1)
    }

    @Test func `allowed for good, it is not asked about again until the plugin's document is another one`() async throws
    {
        let count = Mutex(0)
        let made = try await requests { client, url in
            let approve: @Sendable (ToolApprove.Parameters) async throws -> ToolApprove.Decision = { _ in
                count.withLock { $0 += 1 }
                return .always
            }
            _ = try await client.call(AssistantAsk.self, question, approve: approve)
            _ = try await client.call(AssistantAsk.self, question, approve: approve)
            #expect(count.withLock { $0 } == 1)
            _ = try await client.call(
                PluginRegister.self, .init(document: document(server: url, summary: "Adds an item to the list")))
            _ = try await client.call(AssistantAsk.self, question, approve: approve)
            #expect(count.withLock { $0 } == 2)
        }
        #expect(made.count == 3)
    }

    /// An API that answers, and what was asked of it.
    private final class API: Sendable {
        let server: ScriptedServer
        private let made: Requests

        private final class Requests: Sendable {
            let lines = Mutex<[String]>([])
        }

        var requests: [String] { made.lines.withLock { $0 } }
        var url: String { server.url }

        init(_ reply: ScriptedServer.Reply? = nil) async throws {
            let made = Requests()
            self.made = made
            server = try await ScriptedServer { request in
                made.lines.withLock { $0.append(String(request.prefix { $0 != "\r" })) }
                return reply
                    ?? .response(
                        "200 OK", headers: ["Content-Type: application/json"], body: Array(#"{"added": "it"}"#.utf8))
            }
        }
    }

    /// Asks, and tells how the calls ended and how often it was asked about them.
    private func ask(
        _ client: SquireClient, _ message: String = "Add milk to my shopping list",
        _ decide: @escaping @Sendable (ToolApprove.Parameters) async throws -> ToolApprove.Decision
    ) async throws -> (steps: [WireStep], asked: [ToolApprove.Parameters], text: String) {
        let asked = Mutex<[ToolApprove.Parameters]>([])
        let answer = try await client.call(
            AssistantAsk.self, .init(message: message),
            approve: { call in
                asked.withLock { $0.append(call) }
                return try await decide(call)
            })
        return (answer.message.steps, asked.withLock { $0 }, answer.message.text)
    }

    @Test(arguments: [ToolApprove.Decision.allow, .always])
    func `a plugin that is replaced, disabled or removed while the user is asked is not called, and that is said`(
        decision: ToolApprove.Decision
    ) async throws {
        let (asked, other) = (try await API(), try await API())
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                for change in ["replaced", "disabled", "removed"] {
                    _ = try await client.call(PluginRegister.self, .init(document: document(server: asked.url)))
                    let answer = try await ask(client) { _ in
                        try await daemon.withClient { second in
                            switch change {
                            case "replaced":
                                _ = try await second.call(
                                    PluginRegister.self, .init(document: document(server: other.url)))
                            case "disabled": try await second.call(PluginDisable.self, .init(name: "shopping"))
                            default: try await second.call(PluginRemove.self, .init(name: "shopping"))
                            }
                        }
                        return decision
                    }
                    #expect(answer.asked.count == 1)
                    #expect(answer.steps.map(\.status) == [.error], "\(change)")
                    #expect(answer.steps.first?.errorKind == .operationChanged)
                    #expect(answer.text.contains("was not called"), "\(answer.text)")
                    let permissions = try await client.call(PluginPermissions.self, .init()).permissions
                    #expect(permissions.isEmpty, "\(change)")
                }
            }
        }
        #expect(asked.requests.isEmpty && other.requests.isEmpty)
        try await asked.server.stop()
        try await other.server.stop()
    }

    @Test func `what was allowed of a folder's plugin falls when its document changes, also when the daemon was away`()
        async throws
    {
        let api = try await API()
        try await withHome { home in
            let folder = home + "/plugins"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let file = folder + "/shopping.json"
            func write(_ summary: String) throws {
                try document(server: api.url, summary: summary).text.write(
                    toFile: file, atomically: true, encoding: .utf8)
            }
            try write("Adds an item to the shopping list")
            let settings = ["SQUIRE_PLUGINS_DIRECTORIES": folder]
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await daemon.withClient { client in
                    try await eventually { try await !client.call(PluginList.self).plugins.isEmpty }
                    #expect(try await ask(client) { _ in .always }.asked.count == 1)
                    #expect(try await ask(client) { _ in .deny }.asked.isEmpty)
                    try write("Adds an item to the shopping list of the house")
                    try await eventually {
                        try await client.call(PluginGet.self, .init(name: "shopping")).operations[0].description
                            .contains("house")
                    }
                    let again = try await ask(client) { _ in .always }
                    #expect(again.asked.count == 1)
                }
            }
            try write("Adds an item to the list")
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await daemon.withClient { client in
                    try await eventually { try await !client.call(PluginList.self).plugins.isEmpty }
                    let permissions = try await client.call(PluginPermissions.self, .init()).permissions
                    #expect(permissions.isEmpty)
                    #expect(try await ask(client) { _ in .deny }.asked.count == 1)
                }
            }
        }
        #expect(api.requests.count == 3)
        try await api.server.stop()
    }

    @Test(arguments: [true, false])
    func `a call that may have been done is not repeated, nor asked about again`(failsLoudly: Bool) async throws {
        // The connection ends without an answer; or the API says that it failed.
        let api = try await API(
            failsLoudly ? .response("500 Oops", body: Array("later".utf8)) : .text(""))
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.call(PluginRegister.self, .init(document: document(server: api.url)))
                let answer = try await ask(client) { _ in .allow }
                #expect(answer.asked.count == 1)
                #expect(answer.steps.map(\.errorKind) == [failsLoudly ? .serverFailed : .unanswered])
                let stored = try await client.call(
                    ConversationGet.self,
                    .init(
                        conversation: try #require(
                            try await client.call(ConversationList.self, .init()).conversations.first
                        ).id))
                #expect(stored.messages.last?.steps.map(\.errorKind) == answer.steps.map(\.errorKind))
            }
        }
        #expect(api.requests.count == 1)
        try await api.server.stop()
    }

    @Test func `permissions are given, listed and withdrawn by hand, end by themselves, and outlast the daemon`()
        async throws
    {
        let api = try await API()
        try await withHome { home in
            let settings = ["SQUIRE_APPROVALS_EXPIRE_AFTER": "7d"]
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await daemon.withClient { client in
                    _ = try await client.call(PluginRegister.self, .init(document: document(server: api.url)))
                    let given = try await client.call(PluginPermit.self, .init(name: "shopping", operation: "addItem"))
                    #expect(given.method == "POST" && given.server == api.url && given.path == "/items/{item}")
                    let days = (given.expires ?? .distantPast).timeIntervalSince(given.grantedAt) / 86_400
                    #expect(abs(days - 7) < 0.01)
                    #expect(try await ask(client) { _ in .deny }.asked.isEmpty)
                    let past = await #expect(throws: RPCError.self) {
                        _ = try await client.call(
                            PluginPermit.self,
                            .init(name: "shopping", operation: "addItem", expires: Date(timeIntervalSince1970: 0)))
                    }
                    #expect(past?.kind == "parametersInvalid")
                    let unknown = await #expect(throws: RPCError.self) {
                        _ = try await client.call(PluginPermissions.self, .init(name: "x")).permissions
                    }
                    #expect(unknown?.kind == "pluginUnknown")
                }
            }
            try await SquiredProcess.withDaemon(home: home) { daemon in
                try await daemon.withClient { client in
                    let listed = try await client.call(PluginPermissions.self, .init(name: "shopping")).permissions
                    #expect(listed.map(\.operation) == ["addItem"])
                    #expect(
                        try await client.call(PluginRevoke.self, .init(name: "shopping", operation: "addItem")).revoked
                            == 1)
                    #expect(try await client.call(PluginRevoke.self, .init(name: "shopping")).revoked == 0)
                    #expect(try await ask(client) { _ in .deny }.asked.count == 1)
                    // The asked client may say itself when its yes ends.
                    let soon = try await client.call(
                        PluginPermit.self,
                        .init(name: "shopping", operation: "addItem", expires: Date(timeIntervalSinceNow: 1.5)))
                    #expect(soon.expires != nil)
                    try await eventually { try await client.call(PluginPermissions.self, .init()).permissions.isEmpty }
                    #expect(try await ask(client) { _ in .deny }.asked.count == 1)
                }
            }
        }
        #expect(api.requests.count == 1)
        try await api.server.stop()
    }

    /// Says `always`, with an end of its own.
    private struct Ending: RPCHandler {
        let expires: Date

        func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable {
            ToolApprove.Result(decision: .always, expires: expires)
        }
    }

    @Test func `who is asked may say when his yes ends`() async throws {
        let api = try await API()
        let expires = Date(timeIntervalSince1970: 4_000_000_000)
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.call(PluginRegister.self, .init(document: document(server: api.url)))
            }
            try await RPCConnection.withConnection(to: daemon.socket, handler: Ending(expires: expires)) { connection in
                _ = try await connection.call(AssistantAsk.self, question)
                let result = try await connection.call(
                    PluginPermissions.self, .init())
                #expect(result.permissions.map(\.expires) == [expires])
            }
        }
        try await api.server.stop()
    }
}
