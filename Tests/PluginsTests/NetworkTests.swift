import Core
import Foundation
import HTTPTransport
import LoopbackServer
import Synchronization
import Testing

@testable import Plugins

/// The registry with the real transport and real servers.
@Suite("Plugins over the network", .timeLimit(.minutes(1)))
struct NetworkTests {
    private func document(_ server: String) -> String {
        """
        {"openapi": "3.1.0", "info": {"title": "Test"}, "servers": [{"url": "\(server)"}], "paths": {
          "/read": {"get": {"operationId": "read", "summary": "Reads"}},
          "/send": {"post": {"operationId": "send", "summary": "Sends", "requestBody": {"content": {
            "application/json": {"schema": {"type": "object", "properties": {"secret": {"type": "string"}}}}}}}}}}
        """
    }

    private let manifest = """
        {"schema_version": "v1", "name_for_model": "test", "api": {"type": "openapi", "url": "api.json"},
         "x-squire": {"run": ["sh", "-c", "true", "{socket}"]}}
        """

    /// A registry, a server of this machine that answers by path, and a second one.
    private func running(
        pages: @escaping @Sendable (_ path: Substring, _ url: String, _ other: String) -> ScriptedServer.Reply,
        _ body: (PluginRegistry, _ server: ScriptedServer, _ other: ScriptedServer) async throws -> Void
    ) async throws {
        let other = try await ScriptedServer { .response("200 OK", body: Array($0.utf8)) }
        let address = Mutex("")
        let otherURL = other.url
        let server = try await ScriptedServer { request in
            let path = request.split(separator: " ").dropFirst().first ?? ""
            return pages(path, address.withLock { $0 }, otherURL)
        }
        address.withLock { $0 = server.url }
        let transport = CurlTransport(environment: [:])
        let registry = PluginRegistry(fetcher: transport)
        do {
            try await body(registry, server, other)
        } catch {
            Issue.record(error)
        }
        await transport.stop()
        try await server.stop()
        try await other.stop()
    }

    private func json(_ text: String) -> ScriptedServer.Reply {
        .response("200 OK", headers: ["Content-Type: application/json"], body: Array(text.utf8))
    }

    @Test func `a document of this machine is registered from it, and called there`() async throws {
        try await running(pages: { path, url, _ in
            path == "/api.json" ? json(document(url)) : json(#"{"path": "\#(path)"}"#)
        }) { registry, server, _ in
            let url = server.url.replacing("http:", with: "hTTp:")
            let plugin = try await registry.register(source: "\(url)/api.json")
            #expect(plugin.source == "\(server.url)/api.json" && plugin.server == server.url)
            let outcome = try await registry.call(plugin: "test", operation: "read", arguments: [:])
            #expect(outcome == .ok(["path": "/read"]))
            #expect(try await registry.plugin("test").stored.source == .url("\(server.url)/api.json", from: .loopback))
        }
    }

    @Test func `a command in a manifest that was fetched is refused, in whatever letters its URL is written`()
        async throws
    {
        try await running(pages: { path, url, _ in json(path == "/man.json" ? manifest : document(url)) }) {
            registry, server, _ in
            for scheme in ["http", "HTTP", "hTtP"] {
                let url = server.url.replacing("http", with: scheme)
                let error = await #expect(throws: PluginError.self) {
                    try await registry.register(source: "\(url)/man.json")
                }
                #expect(error?.message.hasPrefix("x-squire.run: ") == true)
            }
            let plugins = try await registry.list()
            #expect(plugins.isEmpty)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a call's body goes to no other origin, and neither does the call`(status: Int) async throws {
        try await running(pages: { path, url, other in
            path == "/api.json" ? json(document(url)) : .redirect(status, to: "\(other)/take?it=1")
        }) { registry, server, other in
            _ = try await registry.register(source: "\(server.url)/api.json")
            for (operation, arguments) in [("read", [:]), ("send", ["secret": "s3cr3t"])] as [(String, JSONValue)] {
                let outcome = try await registry.call(plugin: "test", operation: operation, arguments: arguments)
                guard case .failed(let failure) = outcome else {
                    Issue.record("it did not fail: \(outcome)")
                    continue
                }
                #expect(failure.message.contains("redirects to another origin, \(other.url), "))
            }
            #expect(other.connectionCount == 0)
        }
    }

    @Test func `a document that one server of this machine redirects to another is not read`() async throws {
        try await running(pages: { path, _, other in .redirect(302, to: "\(other)\(path)") }) {
            registry, server, other in
            let error = await #expect(throws: PluginError.self) {
                try await registry.register(source: "\(server.url)/api.json")
            }
            #expect(error?.code == .manifestUnreachable)
            #expect(other.connectionCount == 0)
        }
    }
}
