import Gateway
import Logging
import ServiceLifecycle

/// Answers over HTTP until the daemon is to stop; then lets running answers have their moment.
struct GatewayService: Service {
    let gateway: Gateway
    let grace: Duration
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await gateway.run { address in
                    logger.info("gateway ready", metadata: ["address": "\(address)"])
                }
            }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: grace)
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
