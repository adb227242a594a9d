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
                .flatMap(\.tools)
        case .named(let names):
            var tools: [Tool] = []
            for name in names {
                let plugin = try known(name)
                guard plugin.stored.isEnabled else {
                    throw PluginError(
                        .pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
                }
                tools += plugin.tools
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
        return plugin.tools.first { $0.operation == operation }
    }

    package func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
        try await loaded()
        // From here to where its server is asked nothing is waited for: it is this operation that is called.
        guard let plugin = plugins[tool.plugin], plugin.stored.isEnabled,
            let current = plugin.tools.first(where: { $0.operation == tool.operation }),
            OperationFingerprint.isSame(current, tool)
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
        return try await call(current, arguments, of: plugin)
    }

    /// Calls an operation as it is now, whatever it was before.
    ///
    /// - Throws: `pluginUnknown`, `pluginDisabled`, `operationUnknown`, `argumentsInvalid`; `CancellationError`.
    package func call(plugin name: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
        let plugin = try await plugin(name)
        guard plugin.stored.isEnabled else {
            throw PluginError(.pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
        }
        guard let called = plugin.tools.first(where: { $0.operation == operation }) else {
            let names = plugin.tools.map(\.operation).joined(separator: ", ")
            throw PluginError(.operationUnknown, "\(name) has no operation \"\(operation)\"; it has \(names)")
        }
        return try await call(called, arguments, of: plugin)
    }

    private func call(_ tool: Tool, _ arguments: JSONValue, of plugin: Plugin) async throws -> ToolOutcome {
        let problems = ArgumentChecker.problems(in: arguments, of: tool)
        guard problems.isEmpty else { throw PluginError(.argumentsInvalid, problems.joined(separator: "; ")) }
        return try await plugin.server.call(tool, arguments: arguments)
    }
}
