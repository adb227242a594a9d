package import Core
import Foundation

extension PluginRegistry {
    package func tools(_ selection: NameSelection) async throws -> [Tool] {
        try await ready(for: selection)
        return try offered(selection)
    }

    /// Never inlined; see `loaded`.
    @inline(never)
    private func ready(for selection: NameSelection) async throws {
        try await loaded()
        if hasUnread(selection) { await asideEnds() }
    }

    /// Whether plugins that are asked for by their names may be among those whose large documents are being read.
    private func hasUnread(_ selection: NameSelection) -> Bool {
        guard case .named(let names) = selection else { return false }
        return names.contains { plugins[$0]?.isUnread ?? true }
    }

    private func offered(_ selection: NameSelection) throws(PluginError) -> [Tool] {
        switch selection {
        case .auto:
            return plugins.values.filter(\.stored.isEnabled).sorted { $0.stored.name < $1.stored.name }
                .flatMap { $0.operations.map(\.tool) }
        case .named(let names):
            var tools: [Tool] = []
            for name in names {
                let plugin = try known(name)
                guard plugin.stored.isEnabled else {
                    throw PluginError(
                        .pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
                }
                tools += plugin.operations.map(\.tool)
            }
            return tools
        }
    }

    /// An operation as it is now; nil where there is none.
    ///
    /// - Parameter isOffered: whether one of a disabled plugin counts as none.
    func tool(_ operation: String, of plugin: String, isOffered: Bool = false) async throws -> Tool? {
        try await loaded()
        guard let plugin = plugins[plugin], plugin.stored.isEnabled || !isOffered else { return nil }
        return plugin.operations.first { $0.tool.operation == operation }?.tool
    }

    package func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
        try await loaded()
        // From here to where the request is made nothing is waited for: it is this operation that is called.
        guard let plugin = plugins[tool.plugin], plugin.stored.isEnabled,
            let operation = plugin.operations.first(where: { $0.tool.operation == tool.operation }),
            OperationFingerprint.isSame(operation.tool, tool)
        else {
            let name = "\(tool.plugin).\(tool.operation)"
            let change =
                switch plugins[tool.plugin] {
                case nil: "its plugin was removed"
                case let plugin? where !plugin.stored.isEnabled: "its plugin was disabled"
                default: "its plugin was changed or replaced"
                }
            return .failed(
                "\(name) was not called: \(change) in the meantime; ask again", kind: .operationChanged)
        }
        return try await call(operation, arguments, of: plugin)
    }

    /// Calls an operation as it is now, whatever it was before.
    ///
    /// - Throws: `pluginUnknown`, `pluginDisabled`, `operationUnknown`, `argumentsInvalid`; `CancellationError`.
    package func call(plugin name: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
        let plugin = try await plugin(name)
        guard plugin.stored.isEnabled else {
            throw PluginError(.pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
        }
        guard let called = plugin.operations.first(where: { $0.tool.operation == operation }) else {
            let names = plugin.operations.map(\.tool.operation).joined(separator: ", ")
            throw PluginError(.operationUnknown, "\(name) has no operation \"\(operation)\"; it has \(names)")
        }
        return try await call(called, arguments, of: plugin)
    }

    private func call(_ called: APIOperation, _ arguments: JSONValue, of plugin: Plugin) async throws -> ToolOutcome {
        var problems = ArgumentChecker.problems(in: arguments, of: called.tool)
        if problems.isEmpty { problems = RequestBuilder(operation: called).problems(arguments) }
        guard problems.isEmpty else { throw PluginError(.argumentsInvalid, problems.joined(separator: "; ")) }
        do {
            let response = try await send(called, arguments, of: plugin)
            let formats = formats
            return try await answers.run { ResponseReader.outcome(response, of: called, formats: formats) }
        } catch let error as HTTPError {
            return .failed(error.message, kind: ToolFailureKind(error))
        } catch let error as PluginError where error.code == .serverFailed {
            return .failed(error.message, kind: .serverNotStarted)
        }
    }

    private func send(_ operation: APIOperation, _ arguments: JSONValue, of plugin: Plugin) async throws -> HTTPResponse
    {
        let builder = RequestBuilder(operation: operation)
        guard let server = server(of: plugin) else {
            return try await fetcher.fetch(builder.request(arguments, socket: nil))
        }
        let socket = try await server.socket()
        do {
            return try await fetcher.fetch(builder.request(arguments, socket: socket))
        } catch let error as HTTPError where [.refused, .broken].contains(error.code) {
            await server.isDead(socket: socket)
            // What only reads can be asked twice.
            guard operation.tool.isReadOnly else { throw error }
            return try await fetcher.fetch(builder.request(arguments, socket: try await server.socket()))
        }
    }

    private func server(of plugin: Plugin) -> PluginServer? {
        guard let command = plugin.command else { return nil }
        let name = plugin.stored.name
        let folder = plugin.stored.source.place.map { ($0 as NSString).deletingLastPathComponent }
        // A plugin that took the name meanwhile, or whose program may do other things now, has a server of its own.
        if let server = servers[name], server.command == command, server.folder == folder,
            server.permissions == plugin.permissions
        {
            return server
        }
        let server = PluginServer(
            name: name, command: command, folder: folder, permissions: plugin.permissions, runtimeFolder: runtimeFolder,
            protected: protected, logger: logger)
        let other = servers.updateValue(server, forKey: name)
        if let other { Task { await other.stop() } }
        return server
    }
}
