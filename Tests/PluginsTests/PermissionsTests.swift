import Core
import Foundation
import Synchronization
import Testing

@testable import Plugins

/// What an API is, so that a test changes one thing of it.
private struct Lamp {
    var title = "Lamp"
    var server = "https://a.example"
    var method = "post"
    var path = "/lamp"
    var summary = "Switches the lamp on."
    var body: JSONValue = ["type": "object", "properties": ["room": ["type": "string"]]]
    var room: JSONValue = ["name": "floor", "in": "query", "schema": ["type": "string"]]

    var document: JSONValue {
        [
            "openapi": "3.1.0", "info": ["title": .string(title), "version": "1"],
            "servers": [["url": .string(server)]],
            "paths": .object([
                path: .object([
                    method: [
                        "operationId": "switchLamp", "summary": .string(summary), "parameters": [room],
                        "requestBody": ["content": ["application/json": ["schema": body]]],
                    ]
                ]),
                "/state": ["get": ["operationId": "state", "summary": "Tells whether it is on."]],
            ]),
        ]
    }

    func changed(_ change: (inout Lamp) -> Void) -> Lamp {
        var lamp = self
        change(&lamp)
        return lamp
    }

    static let changes: [Lamp] = [
        Lamp().changed { $0.server = "https://b.example" }, Lamp().changed { $0.method = "delete" },
        Lamp().changed { $0.path = "/wipe" }, Lamp().changed { $0.summary = "Wipes the disk." },
        Lamp().changed { $0.body = ["type": "object", "properties": ["room": ["type": "integer"]]] },
        Lamp().changed {
            $0.body = ["type": "object", "properties": ["room": ["type": "string", "default": "all"]]]
        },
        Lamp().changed { $0.room = ["name": "floor", "in": "header", "schema": ["type": "string"]] },
        Lamp().changed { $0.room = ["name": "floor", "in": "query", "schema": ["type": "integer"]] },
        Lamp().changed {
            $0.room = ["name": "floor", "in": "query", "required": true, "schema": ["type": "string"]]
        },
    ]
}

@Suite("What is allowed for good", .timeLimit(.minutes(1)))
struct PermissionsTests {
    private struct Setting {
        let fetcher = ScriptedFetcher { _ in HTTPResponse(200, "{}") }
        let registry: PluginRegistry
        let store = MemoryPermissions()
        let permissions: Permissions

        init(folders: [String] = [], lasts: Duration? = nil, now: @escaping @Sendable () -> Date = { Date() }) {
            registry = PluginRegistry(fetcher: fetcher, folders: folders)
            permissions = Permissions(registry: registry, store: store, lasts: lasts, now: now)
        }

        func register(_ lamp: Lamp) async throws {
            _ = try await registry.register(document: lamp.document)
            try await permissions.reconcile()
        }

        func tool() async throws -> Tool {
            try #require(try await registry.tools(.auto).first { $0.operation == "switchLamp" })
        }
    }

    @Test func `an operation is known again as long as nothing of it changes`() async throws {
        let setting = Setting()
        try await setting.register(Lamp())
        let first = try await setting.tool()
        try await setting.permissions.approve(first, expires: nil)
        try await setting.register(Lamp())
        #expect(try await setting.permissions.isApproved(try await setting.tool()))
        #expect(OperationFingerprint.of(first).count == 64)
    }

    @Test
    func `it is another one when its server, method, path, description, schema, or where an argument goes changes`()
        async throws
    {
        for change in Lamp.changes {
            let setting = Setting()
            try await setting.register(Lamp())
            try await setting.permissions.approve(try await setting.tool(), expires: nil)
            try await setting.register(change)
            #expect(try await !setting.permissions.isApproved(try await setting.tool()), "\(change)")
            // What has fallen does not come back.
            try await setting.register(Lamp())
            #expect(try await !setting.permissions.isApproved(try await setting.tool()), "\(change)")
        }
    }

    @Test func `it is another one when where calls may go, what the API is told, or what its program may do changes`()
        throws
    {
        let operation = try operation("paths: {/a: {post: {summary: A}}}")
        func print(
            document: PluginSource = .file("/a.yaml"), command: [String]? = ["serve"],
            _ change: (inout APIOperation, inout ProgramPermissions) -> Void = { _, _ in }
        ) -> String {
            var operation = operation
            var permissions = ProgramPermissions()
            change(&operation, &permissions)
            return OperationFingerprint.of(
                operation.located(
                    title: "A", source: .file("/ai-plugin.json"), documentSource: document, command: command,
                    permissions: permissions
                ).tool)
        }
        let changed = [
            print { operation, _ in operation.network = .global },
            print { operation, _ in operation.network = .from(.loopback) },
            print { operation, _ in operation.takesTimeZone = true },
            print(document: .file("/b.yaml")), print(document: .url("https://a.example/a.yaml", from: .global)),
            print { _, permissions in permissions.network = true },
            print { _, permissions in permissions.read = ["/data"] },
            print { _, permissions in permissions.write = ["/data"] },
            print { _, permissions in permissions.environment = ["DATA"] },
        ]
        #expect(Set(changed + [print()]).count == changed.count + 1)
        #expect(
            print { _, permissions in permissions.read = ["/a", "/b"] }
                == print { _, permissions in permissions.read = ["/b", "/a"] })
    }

    @Test func `a program that asks for the network later has to be allowed anew`() async throws {
        let folder = try TemporaryFolder()
        func write(_ wanted: String) throws {
            try folder.write(
                #"{"schema_version": "v1", "name_for_model": "lamp", "api": {"type": "openapi", "url": "api.json"}, "x-squire": {"run": ["serve", "{socket}"]\#(wanted)}}"#,
                to: "lamp/ai-plugin.json")
        }
        try write("")
        try folder.write(Lamp().document.text, to: "lamp/api.json")
        let setting = Setting(folders: [folder.path])
        try await setting.permissions.approve(try await setting.tool(), expires: nil)
        #expect(try await setting.permissions.isApproved(try await setting.tool()))
        try write(#", "network": true"#)
        try await setting.registry.refreshFolders()
        try await setting.permissions.reconcile()
        #expect(try await !setting.permissions.isApproved(try await setting.tool()))
        #expect(await setting.store.permissions().isEmpty)
    }

    @Test func `what was allowed of a plugin whose large document is still being read is not forgotten meanwhile`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write(LargeDocument.text(operations: 600), to: "large.json")
        let store = MemoryPermissions()
        for isFirst in [true, false] {
            let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path])
            let permissions = Permissions(registry: registry, store: store)
            let held = await HeldThread(registry.readingLarge)
            try await permissions.reconcile()
            if !isFirst { #expect(await store.permissions().count == 1) }
            held.release()
            let tools = try await registry.tools(.named(["large"]))
            let tool = try #require(tools.first { !$0.isReadOnly })
            if isFirst { try await permissions.approve(tool, expires: nil) }
            #expect(try await permissions.isApproved(tool))
            #expect(try await permissions.list().count == 1)
        }
    }

    @Test func `another operation of the document may change`() async throws {
        let setting = Setting()
        try await setting.register(Lamp())
        try await setting.permissions.approve(try await setting.tool(), expires: nil)
        var document = Lamp().document.object ?? [:]
        var paths = document["paths"]?.object ?? [:]
        paths["/state"] = ["get": ["operationId": "state", "summary": "Tells more."]]
        document["paths"] = .object(paths)
        _ = try await setting.registry.register(document: .object(document))
        try await setting.permissions.reconcile()
        #expect(try await setting.permissions.isApproved(try await setting.tool()))
    }

    @Test func `the same document from another place is another operation`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Lamp().document.text, to: "lamp.json")
        let setting = Setting()
        try await setting.register(Lamp())
        let inline = try await setting.tool()
        _ = try await setting.registry.register(source: path)
        #expect(OperationFingerprint.of(inline) != OperationFingerprint.of(try await setting.tool()))
    }

    @Test func `neighbouring texts of an operation do not run into each other`() async throws {
        func tool(_ server: String, _ path: String) -> Tool {
            Tool(
                plugin: "p", operation: "o", description: "", parameters: [:], parameterOrder: [], isReadOnly: false,
                origin: Tool.Origin(
                    title: "", source: "inline", server: server, method: "POST", path: path, binding: ["a", "b"]))
        }
        let one = tool("https://a.example/v1", "/x")
        #expect(OperationFingerprint.of(one) != OperationFingerprint.of(tool("https://a.example", "/v1/x")))
        var joined = one
        joined.origin?.binding = ["ab"]
        #expect(OperationFingerprint.of(one) != OperationFingerprint.of(joined))
    }

    @Test func `the order of a schema's members says nothing, and makes it no other operation`() throws {
        func print(_ schema: String) throws -> String {
            OperationFingerprint.of(
                Tool(
                    plugin: "p", operation: "o", description: "", parameters: try JSONValue(parsing: schema),
                    parameterOrder: [], isReadOnly: false))
        }
        let one = try print(#"{"type":"object","properties":{"b":{"type":"string"},"a":{"minimum":1,"maximum":2}}}"#)
        #expect(
            try print(#"{"properties":{"a":{"maximum":2,"minimum":1},"b":{"type":"string"}},"type":"object"}"#) == one)
        #expect(
            try print(#"{"type":"object","properties":{"b":{"type":"string"},"a":{"minimum":2,"maximum":1}}}"#) != one)
    }

    @Test func `a folder's plugin that changes takes what was allowed of it along, also when it changes back`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write(Lamp().document.text, to: "lamp.json")
        let setting = Setting(folders: [folder.path])
        try await setting.permissions.approve(try await setting.tool(), expires: nil)
        #expect(try await setting.permissions.list().map(\.operation) == ["switchLamp"])
        for lamp in [Lamp().changed { $0.path = "/wipe" }, Lamp()] {
            // Another length each time, which is how a change is seen.
            try folder.write(lamp.document.text + String(repeating: " ", count: lamp.path.count), to: "lamp.json")
            try await setting.registry.refreshFolders()
            try await setting.permissions.reconcile()
            #expect(try await !setting.permissions.isApproved(try await setting.tool()))
            #expect(try await setting.permissions.list().isEmpty)
        }
    }

    @Test func `a call is not made of what was replaced, changed, disabled or removed after the tool was offered`()
        async throws
    {
        let setting = Setting()
        for (change, says) in [
            ("replaced", "changed or replaced"), ("disabled", "disabled"), ("removed", "removed"),
        ] {
            try await setting.register(Lamp())
            let offered = try await setting.tool()
            switch change {
            case "replaced": try await setting.register(Lamp().changed { $0.server = "https://b.example" })
            case "disabled": _ = try await setting.registry.setEnabled(false, name: "lamp")
            default: try await setting.registry.remove("lamp")
            }
            guard case .failed(let failure) = try await setting.registry.call(offered, arguments: [:]) else {
                Issue.record("\(change): it was called")
                continue
            }
            #expect(failure.kind == .operationChanged && failure.message.contains(says), "\(failure.message)")
            // What was agreed to is not kept for what stands in its place.
            try await setting.permissions.approve(offered, expires: nil)
            #expect(await setting.store.permissions().isEmpty, "\(change)")
        }
        #expect(setting.fetcher.requests.isEmpty)
    }

    @Test func `a call of what stayed as it was is made, also when it was registered anew`() async throws {
        let setting = Setting()
        try await setting.register(Lamp())
        let offered = try await setting.tool()
        try await setting.register(Lamp())
        #expect(try await setting.registry.call(offered, arguments: ["room": "hall"]) == .ok([:]))
        #expect(setting.fetcher.requests.map(\.method) == ["POST"])
    }

    @Test func `what was allowed is listed with its request, and withdrawn by operation or by plugin`() async throws {
        let setting = Setting()
        try await setting.register(Lamp())
        try await setting.register(Lamp(title: "Heater"))
        for plugin in ["lamp", "heater"] {
            let given = try await setting.permissions.permit(plugin: plugin, operation: "switchLamp", expires: nil)
            #expect(given.method == "POST" && given.server == "https://a.example" && given.path == "/lamp")
        }
        #expect(try await setting.permissions.list().map(\.plugin).sorted() == ["heater", "lamp"])
        #expect(try await setting.permissions.list(plugin: "lamp").map(\.plugin) == ["lamp"])
        #expect(try await setting.permissions.revoke(plugin: "lamp", operation: "state") == 0)
        #expect(try await setting.permissions.revoke(plugin: "lamp", operation: "switchLamp") == 1)
        #expect(try await setting.permissions.revoke(plugin: "heater") == 1)
        #expect(try await setting.permissions.list().isEmpty)
    }

    @Test func `what is not there, and what only reads, cannot be allowed`() async throws {
        let setting = Setting()
        try await setting.register(Lamp())
        for (plugin, operation, code) in [
            ("clock", "switchLamp", PluginError.Code.pluginUnknown), ("lamp", "wipe", .operationUnknown),
            ("lamp", "state", .permissionNeedless),
        ] {
            let error = await #expect(throws: PluginError.self) {
                try await setting.permissions.permit(plugin: plugin, operation: operation, expires: nil)
            }
            #expect(error?.code == code)
        }
        await #expect(throws: PluginError.self) { try await setting.permissions.list(plugin: "clock") }
        await #expect(throws: PluginError.self) {
            try await setting.permissions.revoke(plugin: "lamp", operation: "wipe")
        }
    }

    @Test func `a permission ends when it was said to, else when the configuration says, else not by itself`()
        async throws
    {
        let clock = Mutex(Date(timeIntervalSince1970: 1_000_000))
        let setting = Setting(lasts: .seconds(60), now: { clock.withLock { $0 } })
        try await setting.register(Lamp())
        let tool = try await setting.tool()
        func isApproved(after seconds: Double) async throws -> Bool {
            clock.withLock { $0 = Date(timeIntervalSince1970: 1_000_000 + seconds) }
            return try await setting.permissions.isApproved(tool)
        }
        try await setting.permissions.approve(tool, expires: nil)
        #expect(try await isApproved(after: 59))
        #expect(try await !isApproved(after: 60))
        #expect(try await setting.permissions.list().isEmpty)
        #expect(await setting.store.permissions().isEmpty)
        try await setting.permissions.approve(tool, expires: Date(timeIntervalSince1970: 1_000_500))
        #expect(try await isApproved(after: 499))
        #expect(try await !isApproved(after: 501))
        let endless = Setting()
        try await endless.register(Lamp())
        #expect(
            try await endless.permissions.permit(plugin: "lamp", operation: "switchLamp", expires: nil).expires == nil)
    }
}
