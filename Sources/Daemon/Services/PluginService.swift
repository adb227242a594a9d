import Agent
import Core
import HTTPTransport
import Logging
import Plugins
import ServiceLifecycle

/// Reads manifests as they come and change, has their operations indexed in the background, and stops the plugins' servers at the end.
struct PluginService: Service {
    let registry: PluginRegistry
    let permissions: Permissions
    let assistant: Assistant
    let transport: CurlTransport
    let interval: Duration
    let logger: Logger

    func run() async throws {
        // Ends by being cancelled, which is how it is stopped.
        try? await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await assistant.indexOperations() }
                group.addTask { try await followFolders() }
                try await group.waitForAll()
            }
        }
        await registry.stop()
        await transport.stop()
    }

    private func followFolders() async throws {
        while true {
            do {
                try await registry.refreshFolders()
                // What was allowed of a manifest that changed does not come back with it.
                try await permissions.reconcile()
                try await assistant.prepare()
            } catch let error as any SquireError {
                logger.warning("plugins not made ready", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: interval)
        }
    }
}
