import Core
import JSONRPC
import Plugins
import SquireProtocol

/// `plugin/register`, `list`, `get`, `remove`, `enable`, `disable`, `refresh` and `call`.
struct PluginMethods: Sendable {
    let registry: PluginRegistry
    let permissions: Permissions

    func add(to router: inout RPCRouter) {
        router.on(Method.pluginRegister) { (parameters: PluginRegisterParameters, _) in
            try await register(parameters)
        }
        router.on(Method.pluginList) { (_: RPCNothing, _) in
            PluginListResult(plugins: try await registry.list().map(PluginSummary.init))
        }
        router.on(Method.pluginGet) { (parameters: PluginNameParameters, _) in
            PluginDetails(try await registry.get(parameters.name))
        }
        router.on(Method.pluginRemove) { (parameters: PluginNameParameters, _) in
            try await registry.remove(parameters.name)
            try await permissions.reconcile()
            return RPCNothing()
        }
        router.on(Method.pluginEnable) { (parameters: PluginNameParameters, _) in
            _ = try await registry.setEnabled(true, name: parameters.name)
            return RPCNothing()
        }
        router.on(Method.pluginDisable) { (parameters: PluginNameParameters, _) in
            _ = try await registry.setEnabled(false, name: parameters.name)
            return RPCNothing()
        }
        router.on(Method.pluginRefresh) { (parameters: PluginNameParameters, _) in
            let plugin = try await registry.refresh(parameters.name)
            try await permissions.reconcile()
            return PluginSummary(plugin)
        }
        router.on(Method.pluginCall) { (parameters: PluginCallParameters, _) in
            try await call(parameters)
        }
    }

    private func register(_ parameters: PluginRegisterParameters) async throws -> PluginSummary {
        let plugin =
            switch (parameters.manifest, parameters.document) {
            case (let source?, nil): try await registry.register(source: source)
            case (nil, let document?): try await registry.register(document: document)
            default:
                throw RPCError.invalidParameters(
                    Method.pluginRegister, "give either manifest or document, and not both")
            }
        try await permissions.reconcile()
        return PluginSummary(plugin)
    }

    private func call(_ parameters: PluginCallParameters) async throws -> PluginCallResult {
        let start = ContinuousClock.now
        let outcome = try await registry.call(
            plugin: parameters.name, operation: parameters.operation, arguments: parameters.arguments ?? [:])
        switch outcome {
        case .ok(let result): return PluginCallResult(result: result, seconds: (.now - start) / .seconds(1))
        case .failed(let problem, _):
            throw DaemonError(.pluginFailed, "\(parameters.name).\(parameters.operation) failed: \(problem)")
        }
    }
}
