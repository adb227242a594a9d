import Core
import HTTPTransport
import Logging
import Plugins
import ServiceLifecycle

/// Reads manifests as they come and change, and stops the plugins' servers at the end.
struct PluginService: Service {
    let registry: PluginRegistry
    let servers: PluginServers
    let transport: CurlTransport
    let interval: Duration
    let logger: Logger

    func run() async throws {
        // Ends by being cancelled, which is how it is stopped.
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: interval)
                await registry.refreshDirectories()
            }
        }
        await servers.stopAll()
        await transport.stop()
    }
}
