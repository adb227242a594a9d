import Plugins
import SquireProtocol

extension PluginSummary {
    init(_ plugin: PluginDescription) {
        self.init(
            name: plugin.name, title: plugin.title, description: plugin.description, enabled: plugin.isEnabled,
            source: plugin.source, operations: plugin.operations.map(\.name), bundled: plugin.isBundled,
            registeredAt: plugin.registeredAt, warnings: plugin.warnings,
            program: plugin.program.map { program in
                PluginProgram(
                    command: program.command, read: program.permissions.read, write: program.permissions.write,
                    environment: program.permissions.environment, network: program.permissions.network,
                    summary: program.permissions.description)
            })
    }
}

extension PluginGet.Result {
    init(_ plugin: PluginDescription) {
        self.init(
            plugin: PluginSummary(plugin), server: plugin.server,
            operations: plugin.operations.map {
                OperationDetails(
                    name: $0.name, description: $0.description, method: $0.method, path: $0.path,
                    parameters: $0.parameters)
            })
    }
}
