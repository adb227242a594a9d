package import Core
import JSONRPC
package import SquireProtocol

extension SquireClient {
    package func registerPlugin(_ parameters: PluginRegisterParameters) async throws -> PluginSummary {
        try await connection.call(Method.pluginRegister, parameters)
    }

    package func plugins() async throws -> [PluginSummary] {
        try await connection.call(Method.pluginList, RPCNothing(), as: PluginListResult.self).plugins
    }

    package func plugin(_ name: String) async throws -> PluginDetails {
        try await connection.call(Method.pluginGet, PluginNameParameters(name: name))
    }

    package func removePlugin(_ name: String) async throws {
        _ = try await connection.call(Method.pluginRemove, PluginNameParameters(name: name), as: RPCNothing.self)
    }

    package func enablePlugin(_ name: String) async throws {
        _ = try await connection.call(Method.pluginEnable, PluginNameParameters(name: name), as: RPCNothing.self)
    }

    package func refreshPlugin(_ name: String) async throws -> PluginSummary {
        try await connection.call(Method.pluginRefresh, PluginNameParameters(name: name), as: PluginSummary.self)
    }

    package func disablePlugin(_ name: String) async throws {
        _ = try await connection.call(Method.pluginDisable, PluginNameParameters(name: name), as: RPCNothing.self)
    }

    package func callPlugin(
        _ name: String, operation: String, arguments: JSONValue
    ) async throws -> PluginCallResult {
        try await connection.call(
            Method.pluginCall, PluginCallParameters(name: name, operation: operation, arguments: arguments))
    }
}
