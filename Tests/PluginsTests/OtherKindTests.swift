import Core
import Foundation
import Logging
import Plugins
import Testing

/// A kind of plugins that is not OpenAPI, through what the module shows: the registry knows of neither.
@Suite("Plugins of another kind", .timeLimit(.minutes(1)))
struct OtherKindTests {
    private static let facts = """
        questions facts
        capital? What is the capital of France? = Paris
        weather? How is the weather? = ?
        forget! Forgets everything. = Forgotten

        """
    private static let openAPI: JSONValue = [
        "openapi": "3.1.0", "info": ["title": "Clock", "version": "1"],
        "servers": [["url": "https://clock.example"]],
        "paths": ["/time": ["get": ["operationId": "time", "summary": "Tells the time."]]],
    ]

    /// A registry that serves questions and OpenAPI, with the permissions of its user.
    private struct Setting {
        let folder: TemporaryFolder
        let kind = QuestionsKind()
        let store: MemoryStore
        let permissionStore: MemoryPermissions
        let fetcher: ScriptedFetcher
        let registry: PluginRegistry
        let permissions: Permissions

        init(pages: [String: String] = [:]) throws {
            try self.init(
                folder: TemporaryFolder(), store: MemoryStore(), permissionStore: MemoryPermissions(), pages: pages)
        }

        private init(
            folder: TemporaryFolder, store: MemoryStore, permissionStore: MemoryPermissions, pages: [String: String]
        ) throws {
            self.folder = folder
            self.store = store
            self.permissionStore = permissionStore
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            fetcher = ScriptedFetcher(pages: pages)
            registry = PluginRegistry(
                store: store, fetcher: fetcher, folders: ["\(folder.path)/plugins"],
                kinds: [kind, OpenAPIKind(fetcher: fetcher, runtimeFolder: "/nonexistent", logger: logger)],
                logger: logger)
            permissions = Permissions(registry: registry, store: permissionStore)
        }

        /// The daemon as it starts again.
        func restarted() throws -> Setting {
            try Setting(folder: folder, store: store, permissionStore: permissionStore, pages: [:])
        }

        func tool(_ operation: String) async throws -> Tool {
            try #require(try await registry.tools(.auto).first { $0.operation == operation })
        }

        func call(_ operation: String, _ arguments: JSONValue = [:]) async throws -> ToolOutcome {
            try await registry.call(plugin: "facts", operation: operation, arguments: arguments)
        }
    }

    @Test func `are registered, listed and called beside OpenAPI's`() async throws {
        let setting = try Setting(pages: ["https://clock.example/time": #"{"time": "12:00"}"#])
        let path = try setting.folder.write(Self.facts, to: "some.questions")
        let plugin = try await setting.registry.register(source: path)
        #expect(plugin.name == "facts" && plugin.title == "The facts" && plugin.source == path)
        #expect(plugin.server == "answers of facts" && plugin.program == nil && plugin.isEnabled)
        #expect(plugin.operations.map(\.method) == ["ASK", "ASK", "TELL"])
        _ = try await setting.registry.register(document: Self.openAPI)
        #expect(try await setting.registry.list().map(\.name) == ["clock", "facts"])
        #expect(try await setting.registry.tools(.auto).map(\.operation) == ["time", "capital", "weather", "forget"])

        #expect(try await setting.call("capital", ["loud": true]) == .ok("PARIS"))
        #expect(try await setting.registry.call(try await setting.tool("capital"), arguments: [:]) == .ok("Paris"))
        #expect(try await setting.registry.call(plugin: "clock", operation: "time", arguments: [:]) != .ok("Paris"))
        #expect(setting.kind.log.lines == ["refresh", "call capital", "call capital"])
    }

    @Test func `are called with valid arguments only, and their failures say whether to call again`() async throws {
        let setting = try Setting()
        _ = try await setting.registry.register(source: try setting.folder.write(Self.facts, to: "some.questions"))
        for arguments in [["loud": "yes"], ["volume": 11]] as [JSONValue] {
            let error = await #expect(throws: PluginError.self) { try await setting.call("capital", arguments) }
            #expect(error?.code == .argumentsInvalid)
        }
        let unknown = await #expect(throws: PluginError.self) { try await setting.call("river") }
        #expect(unknown?.code == .operationUnknown)
        guard case .failed(let failure) = try await setting.call("weather") else {
            Issue.record("it did not fail")
            return
        }
        #expect(failure == ToolFailure("nobody knows", kind: .serverFailed) && failure.mayRetry)
        #expect(setting.kind.log.lines == ["refresh", "call weather"])
    }

    @Test func `are found in plugins folders and on sites, and followed there`() async throws {
        let setting = try Setting(pages: ["https://facts.example/questions.txt": Self.facts])
        try setting.folder.write(Self.facts, to: "plugins/one.questions")
        try setting.folder.write("questions more\nsea? Which sea? = Black\n", to: "plugins/more/plugin.questions")
        try setting.folder.write(Self.openAPI.text, to: "plugins/clock.json")
        #expect(try await setting.registry.list().map(\.name) == ["clock", "facts", "more"])
        let bundled = try await setting.registry.get("more")
        #expect(bundled.isBundled && bundled.source == "\(setting.folder.path)/plugins/more/plugin.questions")

        try setting.folder.write("questions more\nlake? Which lake? = Como\n", to: "plugins/more/plugin.questions")
        try await setting.registry.refreshFolders()
        #expect(try await setting.registry.get("more").operations.map(\.name) == ["lake"])
        #expect(setting.kind.log.lines == ["stop"])

        let site = try Setting(pages: ["https://facts.example/questions.txt": Self.facts])
        #expect(try await site.registry.register(source: "https://facts.example").name == "facts")
        let folder = try setting.folder.write("questions own\nsea? Which sea? = Red\n", to: "own/plugin.questions")
        let own = (folder as NSString).deletingLastPathComponent
        #expect(try await setting.registry.register(source: own).source == folder)
    }

    @Test func `are refused with what their kind says of them, and names with what the registry says`() async throws {
        let setting = try Setting()
        for (text, says) in [
            ("questions facts\nwhy\n", "\"why\" is no question"), ("questions two words\n", "name is \"two words\""),
            // What is no question is told what an OpenAPI document would need.
            ("answers facts\n", "some.questions holds no manifest"),
        ] {
            let path = try setting.folder.write(text, to: "some.questions")
            let error = await #expect(throws: PluginError.self) { try await setting.registry.register(source: path) }
            #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        }
        #expect(try await setting.registry.list().isEmpty)

        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let alone = PluginRegistry(
            store: MemoryStore(), fetcher: setting.fetcher, folders: [], kinds: [QuestionsKind()], logger: logger)
        let nobody = await #expect(throws: PluginError.self) { try await alone.register(document: Self.openAPI) }
        #expect(nobody?.code == .manifestInvalid)
    }

    @Test
    func `get their tools again from where they come when they are refreshed, and stay as they were where that fails`()
        async throws
    {
        let setting = try Setting()
        let answers = try setting.folder.write("sea? Which sea? = Black\n", to: "answers.txt")
        let path = try setting.folder.write("questions facts\nfrom \(answers)\n", to: "some.questions")
        let plugin = try await setting.registry.register(source: path)
        #expect(plugin.operations.map(\.name) == ["sea"])
        try setting.folder.write("sea? Which sea? = Red\nlake? Which lake? = Como\n", to: "answers.txt")
        #expect(try await setting.call("sea") == .ok("Black"))
        #expect(try await setting.registry.refresh("facts").operations.map(\.name) == ["sea", "lake"])
        #expect(try await setting.call("sea") == .ok("Red"))
        // The one from before the refresh was stopped, and no other.
        #expect(setting.kind.log.lines.filter { $0 == "stop" }.count == 1)

        try FileManager.default.removeItem(atPath: answers)
        let error = await #expect(throws: PluginError.self) { try await setting.registry.refresh("facts") }
        #expect(error?.code == .manifestUnreachable)
        #expect(try await setting.call("lake") == .ok("Como"))
    }

    @Test func `are there after a restart, with the tools they had, without asking anyone`() async throws {
        let setting = try Setting()
        let answers = try setting.folder.write("sea? Which sea? = Black\n", to: "answers.txt")
        let path = try setting.folder.write("questions facts\nfrom \(answers)\n", to: "some.questions")
        let plugin = try await setting.registry.register(source: path)
        try FileManager.default.removeItem(atPath: answers)
        try FileManager.default.removeItem(atPath: path)
        let restarted = try setting.restarted()
        #expect(try await restarted.registry.get("facts") == plugin)
        #expect(try await restarted.call("sea") == .ok("Black"))
        #expect(restarted.kind.log.lines == ["call sea"])
    }

    @Test func `are stopped when they are disabled, replaced, removed, or the daemon ends`() async throws {
        let setting = try Setting()
        let path = try setting.folder.write(Self.facts, to: "some.questions")
        _ = try await setting.registry.register(source: path)
        func stops() -> Int { setting.kind.log.lines.filter { $0 == "stop" }.count }
        _ = try await setting.registry.setEnabled(false, name: "facts")
        #expect(stops() == 1)
        let disabled = await #expect(throws: PluginError.self) { try await setting.call("capital") }
        #expect(disabled?.code == .pluginDisabled)
        _ = try await setting.registry.setEnabled(true, name: "facts")
        #expect(try await setting.call("capital") == .ok("Paris"))
        #expect(stops() == 1)
        _ = try await setting.registry.register(source: path)
        #expect(stops() == 2)
        try await setting.registry.remove("facts")
        #expect(stops() == 3)
        _ = try await setting.registry.register(source: path)
        await setting.registry.stop()
        #expect(stops() == 4)
    }

    @Test func `are permitted like others: as they are, also after a restart, and not when they change`() async throws {
        let setting = try Setting()
        let path = try setting.folder.write(Self.facts, to: "some.questions")
        _ = try await setting.registry.register(source: path)
        let permission = try await setting.permissions.permit(plugin: "facts", operation: "forget", expires: nil)
        #expect(permission.method == "TELL" && permission.server == "answers of facts" && permission.path == "/forget")
        let needless = await #expect(throws: PluginError.self) {
            try await setting.permissions.permit(plugin: "facts", operation: "capital", expires: nil)
        }
        #expect(needless?.code == .permissionNeedless)
        let restarted = try setting.restarted()
        let offered = try await restarted.tool("forget")
        #expect(try await restarted.permissions.isApproved(offered))

        try setting.folder.write(Self.facts.replacing("Forgotten", with: "Gone"), to: "some.questions")
        _ = try await restarted.registry.refresh("facts")
        try await restarted.permissions.reconcile()
        #expect(try await !restarted.permissions.isApproved(try await restarted.tool("forget")))
        // What was offered before is not called in its place.
        guard case .failed(let failure) = try await restarted.registry.call(offered, arguments: [:]) else {
            Issue.record("it was called")
            return
        }
        #expect(failure.kind == .operationChanged && !restarted.kind.log.lines.contains("call forget"))
    }
}
