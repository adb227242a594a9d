import Agent
import Core
import Folders
import HTTPTransport
import Logging
import Plugins
import ServiceLifecycle

/// Reads manifests as they come and change, has their operations indexed in the background, and stops the plugins' servers at
/// the end.
struct PluginService: Service {
    let registry: PluginRegistry
    let permissions: Permissions
    let assistant: Assistant
    let transport: CurlTransport
    let logger: Logger

    func run() async throws {
        // Ends by being cancelled, which is how it is stopped.
        try? await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await assistant.indexOperations() }
                group.addTask { await registry.followFolders() }
                group.addTask { try await keepUp() }
                try await group.waitForAll()
            }
        }
        await registry.stop()
        await transport.stop()
    }

    /// Sees to what hangs on the plugins, now and whenever they have changed.
    private func keepUp() async throws {
        registry.pluginsChanged.send()
        for await _ in registry.pluginsChanged.events {
            do {
                // What was allowed of a manifest that changed does not come back with it.
                try await permissions.reconcile()
                try await assistant.prepare()
            } catch let error as any SquireError {
                logger.warning("plugins not made ready", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(3))
                registry.pluginsChanged.send()
            }
        }
    }
}
