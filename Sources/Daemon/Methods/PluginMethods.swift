import Core
import JSONRPC
import Plugins
import SquireProtocol

/// `plugin/register`, `list`, `get`, `remove`, `enable`, `disable`, `refresh` and `call`.
struct PluginMethods: Sendable {
    let registry: PluginRegistry
    let permissions: Permissions

    func add(to router: inout RPCRouter) {
        router.on(PluginRegister.self) { parameters, _ in
            try await register(parameters)
        }
        router.on(PluginList.self) { _, _ in
            PluginList.Result(plugins: try await registry.list().map(PluginSummary.init))
        }
        router.on(PluginGet.self) { parameters, _ in
            PluginGet.Result(try await registry.get(parameters.name))
        }
        router.on(PluginRemove.self) { parameters, _ in
            try await registry.remove(parameters.name)
            try await permissions.reconcile()
            return RPCNothing()
        }
        router.on(PluginEnable.self) { parameters, _ in
            _ = try await registry.setEnabled(true, name: parameters.name)
            return RPCNothing()
        }
        router.on(PluginDisable.self) { parameters, _ in
            _ = try await registry.setEnabled(false, name: parameters.name)
            return RPCNothing()
        }
        router.on(PluginRefresh.self) { parameters, _ in
            let plugin = try await registry.refresh(parameters.name)
            try await permissions.reconcile()
            return PluginSummary(plugin)
        }
        router.on(PluginCall.self) { parameters, _ in
            try await call(parameters)
        }
    }

    private func register(_ parameters: PluginRegister.Parameters) async throws -> PluginSummary {
        let plugin =
            switch (parameters.manifest, parameters.document) {
            case (let source?, nil): try await registry.register(source: source)
            case (nil, let document?): try await registry.register(document: document)
            default:
                throw RPCError.invalidParameters(
                    PluginRegister.self, "give either manifest or document, and not both")
            }
        try await permissions.reconcile()
        return PluginSummary(plugin)
    }

    private func call(_ parameters: PluginCall.Parameters) async throws -> PluginCall.Result {
        let start = ContinuousClock.now
        let outcome = try await registry.call(
            plugin: parameters.name, operation: parameters.operation, arguments: parameters.arguments ?? [:])
        switch outcome {
        case .ok(let result): return PluginCall.Result(result: result, seconds: (.now - start) / .seconds(1))
        case .failed(let failure):
            throw DaemonError(
                .pluginFailed, "\(parameters.name).\(parameters.operation) failed: \(failure.message)")
        }
    }
}
