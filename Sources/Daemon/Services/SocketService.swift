import Foundation
import JSONRPC
import Logging
import ServiceLifecycle
import Synchronization

/// Answers on the socket until the daemon is to stop; then lets running answers have their moment.
struct SocketService: Service {
    let path: String
    /// The most connections at once.
    let connectionLimit: Int
    let router: RPCRouter
    let connections: ConnectionCounter
    let answers: RunningAnswers
    let grace: Duration
    let startedAt: ContinuousClock.Instant
    let logger: Logger

    /// This user's and root's processes, but for programs of plugins: what those may do is in their manifests.
    private static let admits: @Sendable (Peer) -> Bool = { peer in
        guard peer.isTrusted else { return false }
        // What runs as this user may have been started by the daemon; nothing that was becomes root.
        return peer.user != geteuid() || !OwnChildren.include(peer.process)
    }

    func run() async throws {
        try await RPCServer.withServer(
            at: path, handler: router, connectionLimit: connectionLimit, admits: Self.admits, logger: logger
        ) { server in
            connections.watch(server)
            logger.info(
                "ready", metadata: ["socket": "\(path)", "milliseconds": "\((.now - startedAt) / .milliseconds(1))"])
            // Throws when the group is cancelled because another service failed: stop all the same.
            try? await gracefulShutdown()
            answers.stop()
            await server.stop(within: grace)
        }
        // Whoever asked is gone or answered; an answer that was cut may still be on its way to the database.
        await answers.waitUntilNone()
    }
}

/// How many connections are open, for `status`, which is made before there is a server.
final class ConnectionCounter: Sendable {
    /// Set once by the server's task, read by those of requests.
    private let server = Mutex<RPCServer?>(nil)

    func watch(_ server: RPCServer) {
        self.server.withLock { $0 = server }
    }

    var count: Int { server.withLock { $0?.connectionCount ?? 0 } }
}
