package import Core
import Foundation

extension PluginRegistry {
    package func tools(_ selection: NameSelection) async throws -> [Tool] {
        try await loaded()
        switch selection {
        case .auto:
            return plugins.values.filter(\.stored.isEnabled).sorted { $0.stored.name < $1.stored.name }
                .flatMap { $0.operations.map(\.tool) }
        case .named(let names):
            var tools: [Tool] = []
            for name in names {
                let plugin = try await plugin(name)
                guard plugin.stored.isEnabled else {
                    throw PluginError(
                        .pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
                }
                tools += plugin.operations.map(\.tool)
            }
            return tools
        }
    }

    package func call(plugin name: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
        let plugin = try await plugin(name)
        guard plugin.stored.isEnabled else {
            throw PluginError(.pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
        }
        guard let called = plugin.operations.first(where: { $0.tool.operation == operation }) else {
            let names = plugin.operations.map(\.tool.operation).joined(separator: ", ")
            throw PluginError(.operationUnknown, "\(name) has no operation \"\(operation)\"; it has \(names)")
        }
        var problems = ArgumentChecker.problems(in: arguments, of: called.tool)
        if problems.isEmpty { problems = RequestBuilder(operation: called).problems(arguments) }
        guard problems.isEmpty else { throw PluginError(.argumentsInvalid, problems.joined(separator: "; ")) }
        do {
            return ResponseReader.outcome(try await send(called, arguments, of: plugin), of: called)
        } catch let error as HTTPError {
            return .failed(error.message)
        } catch let error as PluginError where error.code == .serverFailed {
            return .failed(error.message)
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
        if let server = servers[name] { return server }
        let server = PluginServer(
            name: name, command: command,
            folder: plugin.stored.source.place.map { ($0 as NSString).deletingLastPathComponent },
            permissions: plugin.permissions, runtimeFolder: runtimeFolder, protected: protected, logger: logger)
        servers[name] = server
        return server
    }
}
